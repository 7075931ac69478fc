import { setUnicodeNames, type UnicodeNameLookup } from '../parser/unicode_names.ts'

/** Set by the build to the place of the names beside the bundle; from sources they stand in `base/`. */
declare const TAIPAN_UNICODE_NAMES: string | undefined

const namesModule = typeof TAIPAN_UNICODE_NAMES === 'undefined' ? '../base/unicode_names.ts' : TAIPAN_UNICODE_NAMES

/** The part of Node's `process` (and of Bun's and Deno's) by which a module can be loaded without waiting. */
interface ProcessWithModules {
  getBuiltinModule?(name: 'node:module'): { createRequire(from: string): (name: string) => unknown }
}

/** Loads the names at once where the host can do that; `null` in browsers and bundles that lost the file. */
function loadNow(): UnicodeNameLookup | null {
  const host = (globalThis as { process?: ProcessWithModules }).process
  const modules = host?.getBuiltinModule?.('node:module')
  if (modules === undefined) return null
  try {
    const names = modules.createRequire(import.meta.url)(namesModule) as { findUnicodeName: UnicodeNameLookup }
    return names.findUnicodeName
  } catch {
    return null
  }
}

let lookup: UnicodeNameLookup | null | undefined

/** Lets `\N{…}` find its names: they weigh as much as the compiler, so they are loaded when the first is asked for. */
export function installUnicodeNames(): void {
  setUnicodeNames(() => {
    lookup ??= loadNow()
    return lookup
  })
}

/**
 * Loads the Unicode character names behind `\N{…}` in string literals. Node, Bun and Deno load them by themselves when
 * a program needs them; elsewhere a program with `\N{…}` raises NotImplementedError until this has resolved.
 */
export async function loadUnicodeNames(): Promise<void> {
  const names = await import('../base/unicode_names.ts')
  lookup = names.findUnicodeName
}
