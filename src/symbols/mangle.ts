const UNDERSCORE = 95

/**
 * The name that an identifier has inside a class: `__x` in `class C` is `_C__x`, everything else is itself.
 * `privateName` is the name of the innermost class, `null` outside of classes. Follows `_Py_Mangle`.
 */
export function mangle(privateName: string | null, name: string): string {
  if (privateName === null || name.charCodeAt(0) !== UNDERSCORE || name.charCodeAt(1) !== UNDERSCORE) return name
  // Dotted names occur in imports only; names such as `__init__` belong to the language.
  if (name.endsWith('__') || name.includes('.')) return name
  let start = 0
  while (privateName.charCodeAt(start) === UNDERSCORE) start++
  return start === privateName.length ? name : `_${privateName.slice(start)}${name}`
}
