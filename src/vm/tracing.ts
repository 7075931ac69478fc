import type { Frame } from './frame.ts'

/** Reports what a tracer wants to know before an instruction; true where it moved the frame (`f_lineno`). */
export const tracer: { before: (frame: Frame) => boolean } = { before: () => false }

export function beforeInstruction(frame: Frame): boolean {
  return tracer.before(frame)
}
