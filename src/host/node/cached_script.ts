import * as fs from 'node:fs'
import * as vm from 'node:vm'
import { type RunningFlags, setRunningFlags, unsetRunningFlags } from './v8_flags.ts'

/** This script's own: the bundle that it is in is a CommonJS module. */
declare const require: NodeJS.Require

/** A cache of V8 is good for one version of it on one kind of machine. */
const cacheName = (file: string) => `${file}.${process.versions.v8}-${process.arch}.cache`

/** An open file and its size. */
interface Source {
  readonly fd: number
  readonly size: number
}

function open(file: string): Source {
  const fd = fs.openSync(file, 'r')
  return { fd, size: fs.fstatSync(fd).size }
}

function openIfThere(file: string): Source | null {
  try {
    return open(file)
  } catch {
    return null
  }
}

/** Reads a file to its end, closes it, and gives the part of the memory that it fills. */
function readInto(memory: Buffer, { fd, size }: Source): Buffer {
  let at = 0
  while (at < size) {
    const count = fs.readSync(fd, memory, at, size - at, null)
    if (count === 0) break
    at += count
  }
  fs.closeSync(fd)
  return memory.subarray(0, at)
}

/** The script in a file, with V8's cache of its code where there is a good one. */
function load(file: string): { script: vm.Script; isCached: boolean } {
  const source = open(file)
  const cache = openIfThere(cacheName(file))
  // One after the other in the same memory: the system takes as long to provide it as to read.
  const memory = Buffer.allocUnsafeSlow(Math.max(source.size, cache === null ? 0 : cache.size))
  const text = readInto(memory, source).toString('latin1')
  const cachedData = cache === null ? null : readInto(memory, cache)
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  const options = { filename: file, importModuleDynamically, ...(cachedData === null ? {} : { cachedData }) }
  const script = new vm.Script(text, options)
  return { script, isCached: cachedData !== null && script.cachedDataRejected !== true }
}

/** Writes the cache; one that cannot be written is done without. */
function record({ script, file }: Running): void {
  const name = cacheName(file)
  const temporary = `${name}.${process.pid}`
  try {
    fs.writeFileSync(temporary, script.createCachedData(), { flag: 'wx' })
    fs.renameSync(temporary, name)
  } catch {
    fs.rmSync(temporary, { force: true })
  }
}

/** A script that runs without a good cache. */
interface Running {
  readonly script: vm.Script
  readonly file: string
}

/** Runs what `load` gives of a file and remembers it where its cache is to be written. */
function start(file: string, uncached: Running[]): unknown {
  const { script, isCached } = load(file)
  if (!isCached) uncached.push({ script, file })
  return script.runInThisContext()
}

type Late = (name: string, given: readonly object[]) => unknown
type Main = (require: NodeJS.Require, path: string, done: () => void, late: Late) => void
type LateScript = (require: NodeJS.Require, path: string, given: readonly object[]) => unknown

/**
 * Runs a bundle that was made as a function (its text is ASCII). It gets `require`, its path, a function to call when
 * its work is done, and one that loads a script beside it, which is given objects and gives back what it makes of them.
 * When the work is done, caches are written of scripts that had no good ones: what has run by then needs no compiling
 * next time. `running` tells whether V8's flags are those of a running program by now.
 */
export function runScript(file: string, running: RunningFlags): void {
  const uncached: Running[] = []
  const done = () => {
    if (uncached.length === 0) return
    unsetRunningFlags()
    for (const each of uncached) record(each)
  }
  const late: Late = (name, given) => {
    const path = `${file.slice(0, file.lastIndexOf('/'))}/${name}.cjs`
    // A cache is good for the flags that it was made with.
    if (running.areSet) unsetRunningFlags()
    try {
      return (start(path, uncached) as LateScript)(require, path, given)
    } finally {
      if (running.areSet) setRunningFlags()
    }
  }
  ;(start(file, uncached) as Main)(require, file, done, late)
}
