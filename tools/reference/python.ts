/**
 * The reference: a real CPython 3.11. The one installed on the machine where there is one (`TAIPAN_REFERENCE`, else
 * `python3.11`), else the 3.11.3 that the development dependency `pyodide` carries.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Runs one of the scripts of this folder with arguments; paths are the machine's. */
export interface ReferencePython {
  /** Such as `CPython 3.11.7`. */
  readonly name: string
  /** The folder of its library, `null` where it has none with CPython's tests. */
  readonly library: string | null
  /** `folders` are those it reads besides the ones its arguments stand in. */
  run(script: string, args: readonly string[], folders?: readonly string[]): Promise<void>
}

const command = process.env['TAIPAN_REFERENCE'] ?? 'python3.11'

function installed(): ReferencePython | null {
  const probe =
    'import os,platform,sys;print(platform.python_implementation(),platform.python_version());print(os.path.dirname(os.__file__))'
  const run = spawnSync(command, ['-I', '-S', '-c', probe], { encoding: 'utf8' })
  if (run.status !== 0 || !/^CPython 3\.11\./.test(run.stdout)) return null
  const [name, library] = run.stdout.trim().split('\n') as [string, string]
  return {
    name,
    library,
    run: async (script, args) => {
      const result = spawnSync(command, ['-I', '-S', script, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 })
      if (result.status !== 0) throw new Error(`${command} ${script}: ${result.stderr}`)
    },
  }
}

/** The CPython of the development dependency. */
export async function bundledPython(): Promise<ReferencePython> {
  const { loadPyodide } = await import('pyodide')
  const indexURL = join(import.meta.dirname, '../../node_modules/pyodide')
  const python = await loadPyodide({ indexURL, stdout: () => {}, stderr: (text: string) => console.error(text) })
  const mounted = new Set<string>()
  const mount = (folder: string) => {
    if (mounted.has(folder)) return
    python.FS.mkdirTree(folder)
    python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, folder)
    mounted.add(folder)
  }
  const version: string = python.runPython('import platform; platform.python_version()')
  return {
    name: `CPython ${version} (WebAssembly)`,
    library: null,
    run: async (script, args, folders = []) => {
      for (const folder of folders) mount(folder)
      for (const path of [script, ...args]) if (path.startsWith('/')) mount(dirname(path))
      python.globals.set('script', script)
      python.globals.set('arguments', python.toPy([...args]))
      python.runPython(
        'import runpy, sys; sys.argv = [script, *arguments]; runpy.run_path(script, run_name="__main__")',
      )
    },
  }
}

/** Finds the reference. */
export async function referencePython(): Promise<ReferencePython> {
  return installed() ?? (await bundledPython())
}

/** A new folder for the files that pass between the reference and a script. */
export function exchangeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'taipan-reference-'))
}
