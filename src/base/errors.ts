/** A Python exception raised by a stage that has no Python objects yet: the type's name and its message. */
export class PyError extends Error {
  /** Name of the Python exception type, such as `ValueError`. */
  readonly type: string

  constructor(type: string, message: string) {
    // A stack trace would cost ten times what the rest does, and tells a user of Python nothing.
    const traced = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = traced
    this.name = type
    this.type = type
  }
}

/** Whether a caught value is the host saying that its stack is used up (V8, JavaScriptCore; SpiderMonkey). */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === 'InternalError')
}
