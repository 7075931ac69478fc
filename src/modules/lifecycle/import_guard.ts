import type { DictTable } from '../../objects/dict_table.ts'
import type { PyDict, PyList, PyType, Value } from '../../objects/object.ts'
import { thread } from '../../objects/thread.ts'
import { dictType, isType, listType } from '../../objects/types.ts'
import { auditHooks } from '../../vm/audit.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { hasThreads } from '../../vm/threads.ts'

/*
 * Where imports are done without importlib's Python code: as long as that code is what it was at the start, and nobody
 * watches it run.
 */

/** Functions and classes of a module of the import system, as they were. */
class Original {
  private readonly table: DictTable
  private readonly names: readonly string[]
  private readonly values: readonly (Value | undefined)[]
  private readonly types: readonly PyType[]
  /** The versions of the types. */
  private readonly versions: readonly number[]
  /** Where the names stand in the table of this version. */
  private entries: readonly number[] = []
  private version = -1

  constructor({ data }: PyDict, names: readonly string[]) {
    this.table = data
    this.names = names
    this.values = names.map((name) => data.get(name))
    this.types = this.values.filter((value) => value !== undefined && isType(value)) as PyType[]
    this.versions = this.types.map((type) => type.version)
  }

  holds(): boolean {
    const { table, values, types, versions } = this
    if (table.version !== this.version) {
      this.entries = this.names.map((name) => table.findString(name))
      this.version = table.version
    }
    const { entries } = this
    for (let i = 0; i < entries.length; i++) if (table.values[entries[i]!] !== values[i]) return false
    for (let i = 0; i < types.length; i++) if (types[i]!.version !== versions[i]) return false
    return true
  }
}

const originals: Original[] = []
/** What `sys.meta_path` holds: the importers of builtin modules, of frozen ones, and of files and archives. */
let finders: readonly Value[] = []

/** Takes what these names of a module of the import system mean for what they must mean. */
export function watchNames(namespace: PyDict, names: readonly string[]): void {
  originals.push(new Original(namespace, names))
}

/** Takes the finders of `sys.meta_path` for those that must be there. */
export function watchFinders(): void {
  finders = (sysAttribute('meta_path') as PyList).data.slice()
}

function isStandardPath(): boolean {
  const path = sysAttribute('meta_path')
  if (typeof path !== 'object' || path.type !== listType) return false
  const { data } = path as PyList
  return data.length >= finders.length && finders.every((finder, i) => finder === data[i])
}

/** Whether `sys.meta_path` has more finders behind those that there were. */
export function hasOtherFinders(): boolean {
  return (sysAttribute('meta_path') as PyList).data.length > finders.length
}

/** Whether nobody would notice how a module is imported. */
export function isUnobserved(): boolean {
  const { modules, config } = interpreter
  if (modules.type !== dictType || sysAttribute('modules') !== modules || finders.length === 0) return false
  if (thread.trace !== null || thread.profile !== null || auditHooks.length > 0) return false
  if (config.flags.verbose > 0 || hasThreads() || !isStandardPath()) return false
  for (const original of originals) if (!original.holds()) return false
  return true
}
