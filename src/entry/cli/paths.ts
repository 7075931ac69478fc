/** `os.path` of POSIX, as far as the command line needs it. */

/** `os.path.join`: a later absolute part forgets the earlier ones. */
export function joinPath(first: string, ...rest: readonly string[]): string {
  let path = first
  for (const part of rest) {
    if (part.startsWith('/')) path = part
    else path += path === '' || path.endsWith('/') ? part : `/${part}`
  }
  return path
}

/** `os.path.basename`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** `os.path.dirname`. */
export function directoryName(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1)
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, '')
}
