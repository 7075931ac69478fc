/** Runs one line of Python, so that V8 compiles the interpreter's loop. */
import { compile } from '../src/entry/compiler.ts'
import { newDict } from '../src/objects/make.ts'
import { defineBuiltinTypes } from '../src/vm/builtin_types.ts'
import { newCode } from '../src/vm/code.ts'
import { evalCode } from '../src/vm/execute.ts'
import { machine } from '../src/vm/frame.ts'
import { runLoop } from '../src/vm/loop.generated.ts'

defineBuiltinTypes()
machine.loop = runLoop
const namespace = newDict()
evalCode(newCode(compile('x = 1')), namespace, newDict(), namespace)
