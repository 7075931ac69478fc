/** `marshal`, under the names of Python's module. */
export { loads } from '../bytecode/marshal_read.ts'
export { dumps } from '../bytecode/marshal_write.ts'
