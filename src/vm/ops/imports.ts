import { missing } from '../../objects/errors.ts'
import type { Frame } from '../frame.ts'

export function IMPORT_NAME(_frame: Frame, _sp: number, _arg: number): number {
  throw missing('import')
}

export function IMPORT_FROM(_frame: Frame, _sp: number, _arg: number): number {
  throw missing('import')
}

export function IMPORT_STAR(_frame: Frame, _sp: number): number {
  throw missing('import')
}
