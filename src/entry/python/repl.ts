import { type Ending, endByException } from '../../modules/lifecycle/errors.ts'

/** The interactive prompt. */
export function interact(): Ending {
  return endByException(new Error('no prompt'))
}
