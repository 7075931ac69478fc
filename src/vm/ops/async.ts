import { missing } from '../../objects/errors.ts'
import type { Frame } from '../frame.ts'

export function GET_YIELD_FROM_ITER(_frame: Frame, _sp: number): number {
  throw missing('yield from')
}

export function GET_AITER(_frame: Frame, _sp: number): number {
  throw missing('async for')
}

export function GET_ANEXT(_frame: Frame, _sp: number): number {
  throw missing('async for')
}

export function GET_AWAITABLE(_frame: Frame, _sp: number, _arg: number): number {
  throw missing('await')
}

export function ASYNC_GEN_WRAP(_frame: Frame, _sp: number): number {
  throw missing('asynchronous generators')
}
