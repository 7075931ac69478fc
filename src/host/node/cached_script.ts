import * as fs from 'node:fs'
import * as vm from 'node:vm'
import { unsetRunningFlags } from './v8_flags.ts'

/** This script's own: the bundle that it is in is a CommonJS module. */
declare const require: NodeJS.Require

/** A cache of V8 is good for one version of it on one kind of machine. */
const cacheName = (file: string) => `${file}.${process.versions.v8}-${process.arch}.cache`

/** The script in a file, with V8's cache of its code where there is a good one. */
function load(file: string): { script: vm.Script; isCached: boolean } {
  const source = fs.readFileSync(file, 'latin1')
  let cachedData: Buffer | undefined
  try {
    cachedData = fs.readFileSync(cacheName(file))
  } catch {
    cachedData = undefined
  }
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  const options = { filename: file, importModuleDynamically, ...(cachedData === undefined ? {} : { cachedData }) }
  const script = new vm.Script(source, options)
  return { script, isCached: cachedData !== undefined && script.cachedDataRejected !== true }
}

/** Writes the cache; one that cannot be written is done without. */
function record(script: vm.Script, file: string): void {
  const name = cacheName(file)
  const temporary = `${name}.${process.pid}`
  try {
    unsetRunningFlags()
    fs.writeFileSync(temporary, script.createCachedData(), { flag: 'wx' })
    fs.renameSync(temporary, name)
  } catch {
    fs.rmSync(temporary, { force: true })
  }
}

/**
 * Runs a bundle that was made as a function (its text is ASCII). It gets `require`, its path and a function to call when
 * its work is done: where there was no good cache this writes one, and what has run by then needs no compiling next
 * time.
 */
export function runScript(file: string): void {
  const { script, isCached } = load(file)
  const main = script.runInThisContext() as (require: NodeJS.Require, path: string, done: () => void) => void
  const done = () => {
    if (!isCached) record(script, file)
  }
  main(require, file, done)
}
