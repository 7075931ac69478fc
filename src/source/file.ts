import type { PySyntaxError } from './errors.ts'

/** A script as CPython's file reader delivers it: UTF-8 with `\n` line ends, up to the first line it cannot decode. */
export interface FileReading {
  readonly bytes: Uint8Array
  /** The declared encoding, or `null`. */
  readonly encoding: string | null
  readonly fault: PySyntaxError | null
}

/** Reads a script as the tokenizer reads a file: line by line, so that a fault counts only when its line is reached. */
export function readFileSource(_input: Uint8Array, _filename: string): FileReading {
  throw new Error('readFileSource')
}
