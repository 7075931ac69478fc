/** A Python exception raised by a stage that has no Python objects yet: the type's name and its message. */
export class PyError extends Error {
  /** Name of the Python exception type, such as `ValueError`. */
  readonly type: string

  constructor(type: string, message: string) {
    super(message)
    this.name = type
    this.type = type
  }
}

/** Whether a caught value is the host saying that its stack is used up (V8, JavaScriptCore; SpiderMonkey). */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === 'InternalError')
}
