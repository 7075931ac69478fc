import { strToUtf16 } from '../../base/values.ts'
import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { defineType } from '../../objects/define.ts'
import { newText, none } from '../../objects/make.ts'
import { newObject, type PyObject, type Value } from '../../objects/object.ts'
import { builtinType } from '../../objects/types.ts'
import { setSysAttribute } from '../../vm/interpreter.ts'
import { platform } from '../../vm/platform.ts'
import { writeError } from '../../vm/system.ts'

/** The type of `sys.stderr` before `io` can be imported (`PyStdPrinter_Type`). */
const printerType = builtinType<PyObject<number>>('stderrprinter')

function definePrinterType(): void {
  defineType(printerType, () => ({
    slots: {
      tp_repr: ({ data }): Owned<Value> => newText(`<stdprinter(fd=${data}) object at 0x${data.toString(16)}>`),
    },
    methods: {
      'close()': () => {},
      'flush()': () => {},
      'fileno()': ({ data }) => data,
      'isatty()': ({ data }) => platform().fds.isatty(data),
      'write(text: str, /)': (_self, text) => {
        const written = strToUtf16(text)
        writeError(written)
        return written.length
      },
    },
    getset: {
      closed: () => false,
      encoding: () => none(),
      mode: (): Owned<Value> => 'w',
    },
  }))
}

/** Gives `sys` an error stream for messages that come before the real ones are made. */
export function installStderrPrinter(): void {
  definePrinterType()
  const printer = newObject(printerType, 2)
  setSysAttribute('__stderr__', keep<Value>(printer))
  setSysAttribute('stderr', printer)
}
