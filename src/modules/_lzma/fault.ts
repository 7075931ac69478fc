/** What is wrong with a stream or with options: the words of `LZMAError`. */
export const FORMAT_ERROR = 'Input format not supported by decoder'
export const OPTIONS_ERROR = 'Invalid or unsupported options'
export const DATA_ERROR = 'Corrupt input data'
export const MEMLIMIT_ERROR = 'Memory usage limit exceeded'
export const CHECK_ERROR = 'Unsupported integrity check'
export const PROGRAM_ERROR = 'Internal error'

/** Thrown by the coders; the module makes an `LZMAError` of it. */
export class LzmaFault {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

/** Thrown where the input at hand is not enough; nobody outside the decoders sees it. */
export const NEEDS_INPUT = { needsInput: true }
