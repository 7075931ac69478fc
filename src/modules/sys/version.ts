/** The version of CPython whose behaviour this is. */
export const versionInfo = { major: 3, minor: 11, micro: 7, releaselevel: 'final', serial: 0 } as const

/** The directory of this version among others: `python3.11`. */
export const versionDirectory = `python${versionInfo.major}.${versionInfo.minor}`

/** `sys.hexversion`. */
export const HEX_VERSION = 0x030b07f0

/** What `sys.version` says of the build, in the form that `platform` takes apart. */
const BUILD = { number: 'main', date: 'Dec  4 2023, 18:10:11', compiler: 'Taipan 0.1.0' } as const

/** `sys.version`. */
export const VERSION = `3.11.7 (${BUILD.number}, ${BUILD.date}) [${BUILD.compiler}]`

/** What `platform._sys_version` finds in `sys.version`, by whatever name the implementation goes. */
export function parsedVersion(name: string): string[] {
  return [name, '3.11.7', '', '', BUILD.number, BUILD.date.replace(', ', ' '), BUILD.compiler]
}

/** `sys.copyright`. */
export const COPYRIGHT = `Taipan: Copyright (c) the Taipan authors.
All Rights Reserved.

Library: Copyright (c) 2001-2023 Python Software Foundation.
All Rights Reserved.`
