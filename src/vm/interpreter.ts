import type { Owned } from '../memory/header.ts'
import type { DictTable } from '../objects/dict_table.ts'
import { newDict } from '../objects/make.ts'
import type { PyDict, PyObject, Value } from '../objects/object.ts'
import { type Config, defaultConfig } from './config.ts'
import { machine } from './frame.ts'
import { sysDict } from './sys_state.ts'

/** A file of the packed library as `zipimport` keeps it, but for its path: what it has behind is `ZipEntry`'s. */
export type LibraryRow = [
  name: string,
  method: number,
  compressedSize: number,
  size: number,
  offset: number,
  time: number,
  date: number,
  crc: number,
]

/** What the directory of a zip archive says. */
export interface LibraryDirectory {
  /** Of the whole archive, in bytes. */
  readonly size: number
  readonly files: readonly LibraryRow[]
}

/** Modules whose code is in the program itself (CPython's `PyImport_FrozenModules`). */
export interface FrozenModules {
  /** Whether there is a module that was frozen under a name. */
  has(name: string): boolean
  /** Its marshalled code, or `null`. */
  code(name: string): Uint8Array | null
  /** Its image, or that of the library module whose source has this path; `null` where there is none. */
  image(name: string): Uint8Array | null
  /** The docstrings among which a builtin's is if it has one: see `packDocs`. */
  docs(name: string): string
  /** The directory of the packed library that this was built with. */
  readonly library: LibraryDirectory | null
}

/** The state of an interpreter that is not a thread's (CPython's `PyInterpreterState`). */
export interface Interpreter {
  config: Config
  frozen: FrozenModules
  /** `sys.modules` as it was made; programs that replace the attribute do not change what imports use. */
  readonly modules: PyDict
  /** The namespace of `builtins`; `null` before it is made. */
  builtins: Owned<PyDict> | null
  /** What `builtins` held when it was made; the end of Python restores it. */
  original: DictTable | null
  /** The module `_frozen_importlib`. */
  importlib: Owned<PyObject> | null
  /** `builtins.__import__` as it was made: a frame that finds it imports without calling it. */
  importFunction: Owned<Value> | null
  /** `_imp._override_frozen_modules_for_tests`. */
  overrideFrozen: number
  finalizing: boolean
}

/** No frozen modules at all: nothing can be imported. */
export const noFrozenModules: FrozenModules = {
  has: () => false,
  code: () => null,
  image: () => null,
  docs: () => '',
  library: null,
}

/** The running interpreter. */
export const interpreter: Interpreter = {
  config: defaultConfig,
  frozen: noFrozenModules,
  modules: newDict(),
  builtins: null,
  original: null,
  importlib: null,
  importFunction: null,
  overrideFrozen: 0,
  finalizing: false,
}

/** An attribute of the module `sys`, borrowed (`PySys_GetObject`). */
export function sysAttribute(name: string): Value | undefined {
  return sysDict.data.get(name)
}

/** Sets an attribute of `sys`, taking over the value. */
export function setSysAttribute(name: string, value: Owned<Value>): void {
  sysDict.data.set(name, value)
}

/** The builtins of the running frame, borrowed, or the interpreter's (`PyEval_GetBuiltins`). */
export function currentBuiltins(): PyDict {
  return machine.frame === null ? interpreter.builtins! : machine.frame.builtins
}
