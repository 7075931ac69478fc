import { platform } from './platform.ts'

/** An environment variable in text, or `undefined`. */
export function environmentText(name: string): string | undefined {
  const value = platform().processes.variable(name)
  return typeof value === 'string' ? value : undefined
}

/** The name of the locale of a category, as the environment has it; `C` where it says nothing. */
export function localeName(category: string): string {
  for (const name of ['LC_ALL', category, 'LANG']) {
    const value = environmentText(name)
    if (value !== undefined && value !== '') return value
  }
  return 'C'
}

/** `locale.getencoding()`. The C locale counts as one with UTF-8, since CPython coerces it (PEP 538). */
export function localeEncoding(): string {
  const name = localeName('LC_CTYPE')
  const codeset = /\.([^@]*)/.exec(name)?.[1]
  if (codeset === undefined || /^utf-?8$/i.test(codeset)) return 'UTF-8'
  return codeset
}
