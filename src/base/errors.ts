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
