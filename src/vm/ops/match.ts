import { missing } from '../../objects/errors.ts'
import type { Frame } from '../frame.ts'

export function MATCH_MAPPING(_frame: Frame, _sp: number): number {
  throw missing('match')
}

export function MATCH_SEQUENCE(_frame: Frame, _sp: number): number {
  throw missing('match')
}

export function MATCH_KEYS(_frame: Frame, _sp: number): number {
  throw missing('match')
}

export function MATCH_CLASS(_frame: Frame, _sp: number, _arg: number): number {
  throw missing('match')
}
