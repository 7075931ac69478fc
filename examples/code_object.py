"""A function is a code object and its surroundings: what the compiler leaves, and its disassembly."""
import dis


def add(x, y):
    return x + y


code = add.__code__
print(code.co_name, code.co_varnames, code.co_consts, code.co_stacksize, hex(code.co_flags))
print(list(code.co_code))
dis.dis(add)
