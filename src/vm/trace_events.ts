/* Events of trace and profile functions, with CPython's numbers. */
export const PyTrace_CALL = 0
export const PyTrace_EXCEPTION = 1
export const PyTrace_LINE = 2
export const PyTrace_RETURN = 3
export const PyTrace_C_CALL = 4
export const PyTrace_C_EXCEPTION = 5
export const PyTrace_C_RETURN = 6
export const PyTrace_OPCODE = 7

/** Their names, by number. */
export const traceEventNames = ['call', 'exception', 'line', 'return', 'c_call', 'c_exception', 'c_return', 'opcode']
