import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr } from '../objects/access.ts'
import { defineModule } from '../objects/define_module.ts'
import { newException, typeError, valueError } from '../objects/errors.ts'
import { PyExc_KeyError } from '../objects/exception_types.ts'
import { newList, newText } from '../objects/make.ts'
import { toIndex } from '../objects/number_protocol.ts'
import type { PyType, Value } from '../objects/object.ts'
import { newStructSequence, structSequenceType } from '../objects/struct_sequence.ts'
import { typeOf } from '../objects/types.ts'
import { readFile } from '../vm/system.ts'

/** The lines of a database of the system, taken apart at their colons. */
function rows(file: string, fields: number): string[][] {
  const bytes = readFile(file)
  if (bytes === null) return []
  const lines = new TextDecoder().decode(bytes).split('\n')
  return lines.map((line) => line.split(':')).filter((row) => row.length >= fields)
}

/** The number of an argument, by the words of `pwd` and `grp`. */
function idOf(value: Value, what: string): number {
  if (asInt(value) === undefined && typeOf(value).nb_index === undefined) {
    throw typeError(`${what} should be integer, not ${typeOf(value).name}`)
  }
  return Number(toIndex(value))
}

function nameOf(value: Value, name: string): string {
  const text = asStr(value)
  if (typeof text !== 'string') throw typeError(`${name}() argument must be str, not ${typeOf(value).name}`)
  if (text.includes('\0')) throw valueError('embedded null character')
  return text
}

const notFound = (text: string) => newException(PyExc_KeyError, [text])

let passwdType: PyType | null = null
let groupType: PyType | null = null

function passwd(): PyType {
  passwdType ??= structSequenceType({
    name: 'pwd.struct_passwd',
    fields: ['pw_name', 'pw_passwd', 'pw_uid', 'pw_gid', 'pw_gecos', 'pw_dir', 'pw_shell'],
  })
  return passwdType
}

function group(): PyType {
  groupType ??= structSequenceType({ name: 'grp.struct_group', fields: ['gr_name', 'gr_passwd', 'gr_gid', 'gr_mem'] })
  return groupType
}

const users = () => rows('/etc/passwd', 7)
const groups = () => rows('/etc/group', 4)

function newUser(row: readonly string[]): Owned<Value> {
  return newStructSequence(
    passwd(),
    row.slice(0, 7).map((text, i) => (i === 2 || i === 3 ? Number(text) : newText(text))),
  )
}

function newGroup([name, password, gid, members]: readonly string[]): Owned<Value> {
  const list = members === '' ? [] : members!.split(',').map((member) => newText(member))
  return newStructSequence(group(), [newText(name!), newText(password!), Number(gid), newList(list)])
}

/** The `pwd` module. */
export const pwdModule = defineModule('pwd', () => ({
  functions: {
    'getpwnam(name, /)': (value) => {
      const name = nameOf(value, 'getpwnam')
      const row = users().find(([first]) => first === name)
      if (row === undefined) throw notFound(`getpwnam(): name not found: '${name}'`)
      return newUser(row)
    },
    'getpwuid(uidobj, /)': (value) => {
      const uid = idOf(value, 'uid')
      const row = users().find((fields) => Number(fields[2]) === uid)
      if (row === undefined) throw notFound(`getpwuid(): uid not found: ${uid}`)
      return newUser(row)
    },
    'getpwall()': () => newList(users().map(newUser)),
  },
  setup: ({ data }) => {
    data.set('struct_passwd', keep<Value>(passwd()))
  },
}))

/** The `grp` module. */
export const grpModule = defineModule('grp', () => ({
  functions: {
    'getgrnam(name)': (value) => {
      const name = nameOf(value, 'getgrnam')
      const row = groups().find(([first]) => first === name)
      if (row === undefined) throw notFound(`getgrnam(): name not found: '${name}'`)
      return newGroup(row)
    },
    'getgrgid(id)': (value) => {
      const gid = idOf(value, 'gid')
      const row = groups().find((fields) => Number(fields[2]) === gid)
      if (row === undefined) throw notFound(`getgrgid(): gid not found: ${gid}`)
      return newGroup(row)
    },
    'getgrall()': () => newList(groups().map(newGroup)),
  },
  setup: ({ data }) => {
    data.set('struct_group', keep<Value>(group()))
  },
}))
