import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { toCInt } from '../../objects/arguments.ts'
import { isBytes } from '../../objects/bytes_like.ts'
import { defineType } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { newException, typeError } from '../../objects/errors.ts'
import { asList } from '../../objects/list.ts'
import { newBytes, newList, newText, newTuple } from '../../objects/make.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { Value } from '../../objects/object.ts'
import { isSequence, toArray } from '../../objects/sequence_protocol.ts'
import { EINVAL, ENOSYS, ENOTTY, strerror } from '../../vm/errno.ts'
import { platform, SystemFault } from '../../vm/platform.ts'
import { exceptionClass } from '../exception_class.ts'
import { runHelper } from '../helper_program.ts'
import { fileDescriptor } from '../select.ts'
import { constants } from './constants.ts'

/*
 * Terminals are asked and told through the program `stty`, which has the descriptor as its standard input: JavaScript
 * has no `ioctl`. Its `-g` form holds the four words of flags and the control characters, in hexadecimal.
 */

const TermiosError = exceptionClass('termios', 'error')

const NCCS = constants['NCCS']!
const VMIN = constants['VMIN']!
const VTIME = constants['VTIME']!
const ICANON = constants['ICANON']!
const CBAUD = constants['CBAUD']!
const TCSAFLUSH = constants['TCSAFLUSH']!

const termiosError = (errno: number) => newException(TermiosError, [errno, newText(strerror(errno))])

/** The descriptor of a terminal, or `termios.error`. */
function terminal(file: Value): number {
  const fd = fileDescriptor(file)
  try {
    platform().fds.fstat(fd)
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    throw termiosError(error.errno)
  }
  if (!platform().fds.isatty(fd)) throw termiosError(ENOTTY)
  return fd
}

function stty(fd: number, args: readonly string[]): string {
  let result: ReturnType<typeof runHelper>
  try {
    result = runHelper(['stty', ...args], fd, 0)
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    throw termiosError(ENOSYS)
  }
  if (result.status !== 0) throw termiosError(EINVAL)
  return result.output
}

function getAttributes(file: Value): Owned<Value> {
  const fd = terminal(file)
  const words = stty(fd, ['-g'])
    .trim()
    .split(':')
    .map((word) => Number.parseInt(word, 16))
  const [input, output, control, local] = words as [number, number, number, number]
  const characters = words.slice(4, 4 + NCCS)
  const items: Owned<Value>[] = Array.from({ length: NCCS }, (_, i) => {
    const code = characters[i] ?? 0
    const isNumber = (local & ICANON) === 0 && (i === VMIN || i === VTIME)
    return isNumber ? code : newBytes(Uint8Array.of(code))
  })
  const speed = control & CBAUD
  return newList([input, output, control, local, speed, speed, newList(items)])
}

/** A control character: a byte or a number. */
function characterCode(value: Value): number {
  if (isBytes(value) && value.data.length === 1) return value.data[0]!
  const number = asInt(value)
  if (number !== undefined) return Number(number)
  throw typeError('tcsetattr: elements of attributes must be characters or integers')
}

function setAttributes(file: Value, when: number, attributes: Value): void {
  const fd = fileDescriptor(file)
  const list = asList(attributes)
  if (list === undefined || list.data.length !== 7) throw typeError('tcsetattr, arg 3: must be 7 element list')
  const characters = asList(list.data[6]!)
  if (characters === undefined || characters.data.length !== NCCS) {
    terminal(file)
    throw typeError(`tcsetattr: attributes[6] must be ${NCCS} element list`)
  }
  const [input, output, control, local, speed] = list.data.slice(0, 5).map((item) => Number(toIndex(item)))
  terminal(file)
  if (when < 0 || when > TCSAFLUSH) throw termiosError(EINVAL)
  const words = [input!, output!, (control! & ~CBAUD) | (speed! & CBAUD), local!]
  const text = [...words, ...characters.data.map(characterCode)].map((word) => (word >>> 0).toString(16)).join(':')
  stty(fd, [text])
}

function windowSize(file: Value): Owned<Value> {
  const fd = terminal(file)
  const [columns, lines] = platform().fds.terminalSize(fd)
  return newTuple([lines, columns])
}

function setWindowSize(file: Value, size: Value): void {
  const fd = fileDescriptor(file)
  const wrong = () => typeError('tcsetwinsize, arg 2: must be a two-item sequence')
  if (!isSequence(size)) throw wrong()
  const items = toArray(size)
  try {
    if (items.length !== 2) throw wrong()
    const [rows, columns] = items.map(toCInt)
    terminal(file)
    stty(fd, ['rows', String(rows), 'columns', String(columns)])
  } finally {
    for (const item of items) drop(item)
  }
}

/** What `stty` cannot do. */
function refuse(file: Value): never {
  terminal(file)
  throw termiosError(ENOSYS)
}

/** The module `termios`. */
export const termiosModule = defineModule('termios', () => {
  defineType(TermiosError, () => ({}))
  return {
    functions: {
      'tcgetattr(fd, /)': getAttributes,
      'tcsetattr(fd, when: int, attributes, /)': setAttributes,
      'tcsendbreak(fd, duration: int, /)': (fd) => refuse(fd),
      'tcdrain(fd, /)': (fd) => {
        stty(terminal(fd), ['drain'])
      },
      'tcflush(fd, queue: int, /)': (fd) => refuse(fd),
      'tcflow(fd, action: int, /)': (fd) => refuse(fd),
      'tcgetwinsize(fd, /)': windowSize,
      'tcsetwinsize(fd, winsize, /)': setWindowSize,
    },
    attributes: { ...constants, error: TermiosError },
  }
})
