import type { Owned } from '../memory/header.ts'
import type { MethodDef } from './define.ts'
import { newText } from './make.ts'
import type { PyType, Value } from './object.ts'
import { TPFLAGS_HEAPTYPE } from './object.ts'
import { docHook } from './type_hooks.ts'

/** The constructors' signatures of builtin types that have one to show: what `defineType` was told. */
const typeSignatures = new WeakMap<PyType, string>()

/** Notes the signature of a builtin type's constructor. */
export function setTypeSignature(type: PyType, signature: string): void {
  typeSignatures.set(type, signature)
}

/** `type.__text_signature__`, or `undefined` where it is None. */
export function signatureOfType(type: PyType): Owned<Value> | undefined {
  if ((type.flags & TPFLAGS_HEAPTYPE) !== 0) return undefined
  const documented = docHook.signatureOf(type.name, '')
  const text = documented === undefined ? typeSignatures.get(type) : documented
  return text === undefined || text === null ? undefined : newText(text)
}

const PARAMETER = /^(\*{0,2}\w+)(?:: \w+)?(?: = (.+))?$/

/**
 * A signature of ours as CPython shows it in `__text_signature__`: without converters, and with the parameter that is
 * bound already, such as `$self`, in front.
 */
export function textSignature(signature: string, bound: '$self' | '$type' | '$module' | ''): string {
  const open = signature.indexOf('(')
  const parts = signature
    .slice(open + 1, signature.lastIndexOf(')'))
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('$'))
    .map(parameterText)
  if (bound === '') return `(${parts.join(', ')})`
  // What is bound can never be named: a slash follows it unless one comes later anyway.
  if (!parts.includes('/')) parts.unshift('/')
  return `(${[bound, ...parts].join(', ')})`
}

function parameterText(part: string): string {
  const match = PARAMETER.exec(part)
  if (match === null) return part
  const [, name, value] = match
  if (value === undefined) return name!
  return `${name}=${value === 'NULL' ? '<unrepresentable>' : value}`
}

/** The signature of a builtin function or method as CPython shows it, made from ours. */
export function defSignature(def: MethodDef): string {
  if (def.raw && def.name === '__new__') return '($type, *args, **kwargs)'
  if (!def.bound) return textSignature(def.text, def.isStatic ? '' : '$module')
  return textSignature(def.text, def.ofClass ? '$type' : '$self')
}
