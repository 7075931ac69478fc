import { newTuple } from '../../objects/make.ts'
import type { PyDict } from '../../objects/object.ts'
import { dictType, typeOf } from '../../objects/types.ts'
import { interpreter } from '../../vm/interpreter.ts'
import { moduleCompletions } from '../../vm/module_completions.ts'
import { parsedVersion, VERSION } from './version.ts'

/**
 * Lets `platform` know the implementation by its own name. The module takes every interpreter that it has not heard of
 * for CPython, but keeps what it has found out about a `sys.version`: it gets that beforehand.
 */
function namePlatform({ data }: PyDict): void {
  if (interpreter.config.implementationName !== 'taipan') return
  const cache = data.get('_sys_version_cache')
  if (cache === undefined || typeOf(cache) !== dictType) return
  ;(cache as PyDict).data.set(VERSION, newTuple(parsedVersion('Taipan')))
}

/** Has `platform` completed when it is imported. */
export function completePlatform(): void {
  moduleCompletions.set('platform', namePlatform)
}
