import { strCodePoints, strFromCodePoints, strLength, strToUtf16 } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { asInt } from '../../objects/access.ts'
import { toBound } from '../../objects/arguments.ts'
import { defineType } from '../../objects/define.ts'
import { DictTable } from '../../objects/dict_table.ts'
import { indexError } from '../../objects/errors.ts'
import { newDict, newTuple, none } from '../../objects/make.ts'
import { newObject, type PyTuple, type Value } from '../../objects/object.ts'
import { call, reprText } from '../../objects/protocols.ts'
import { genericAliasHook } from '../../objects/type_hooks.ts'
import { typeOf } from '../../objects/types.ts'
import { importAttribute } from '../../vm/import.ts'
import type { Match } from './engine.ts'
import { holdSubject, releaseSubject, sliceSubject, toValue } from './subject.ts'
import { matchType, type PyMatch, type PyPattern } from './types.ts'

/** A match object. */
export function newMatch(pattern: PyPattern, string: Value, pos: number, endpos: number, match: Match): Owned<PyMatch> {
  const made = newObject(matchType, { string: keep(string), pattern: keep(pattern), pos, endpos, match, regs: null })
  track(made)
  return made
}

/** The number of a group that is given by number or name. IndexError for none. */
function groupNumber({ data }: PyMatch, key: Value): number {
  const groups = data.match.spans.length / 2
  let number = -1
  if (asInt(key) !== undefined || typeOf(key).nb_index !== undefined) number = toBound(key)
  else {
    const found = data.pattern.data.groupindex.data.get(key)
    if (typeof found === 'number') number = found
  }
  if (number < 0 || number >= groups) throw indexError('no such group')
  return number
}

/** The text of a group; `absent` (borrowed) where it took no part in the match. */
function groupValue({ data }: PyMatch, group: number, absent: Value): Owned<Value> {
  const { spans } = data.match
  const start = spans[2 * group]!
  if (start < 0) return keep(absent)
  const held = holdSubject(data.string)
  try {
    return toValue(sliceSubject(held.subject, start, spans[2 * group + 1]!))
  } finally {
    releaseSubject(held)
  }
}

function group(self: PyMatch, keys: readonly Value[]): Owned<Value> {
  const absent = none()
  if (keys.length === 0) return groupValue(self, 0, absent)
  if (keys.length === 1) return groupValue(self, groupNumber(self, keys[0]!), absent)
  return newTuple(keys.map((key) => groupValue(self, groupNumber(self, key), absent)))
}

function groupDict(self: PyMatch, absent: Value): Owned<Value> {
  const out = new DictTable()
  const { data: names } = self.data.pattern.data.groupindex
  for (let i = names.next(0); i >= 0; i = names.next(i + 1)) {
    const name = names.keys[i]!
    out.set(name, groupValue(self, groupNumber(self, name), absent))
  }
  return newDict(out)
}

function groups(self: PyMatch, absent: Value): Owned<Value> {
  const items: Owned<Value>[] = []
  for (let i = 1; i < self.data.match.spans.length / 2; i++) items.push(groupValue(self, i, absent))
  return newTuple(items)
}

function span({ data }: PyMatch, group: number): Owned<PyTuple> {
  return newTuple([data.match.spans[2 * group]!, data.match.spans[2 * group + 1]!])
}

function regs(self: PyMatch): Owned<Value> {
  if (self.data.regs === null) {
    const items: Owned<Value>[] = []
    for (let i = 0; i < self.data.match.spans.length / 2; i++) items.push(span(self, i))
    self.data.regs = newTuple(items)
  }
  return keep<Value>(self.data.regs)
}

function lastGroup({ data }: PyMatch): Owned<Value> {
  const { lastindex } = data.match
  const names = data.pattern.data.indexgroup.data
  return lastindex >= 0 && lastindex < names.length ? keep<Value>(names[lastindex]!) : none()
}

/** Most characters of the text that `repr` shows. */
const SHOWN = 50

function repr(self: PyMatch): Owned<Value> {
  const text = groupValue(self, 0, none())
  let shown = reprText(text)
  drop(text)
  if (strLength(shown) > SHOWN) shown = strFromCodePoints(strCodePoints(shown).slice(0, SHOWN))
  const [start, end] = self.data.match.spans
  const out = `<${self.type.name} object; span=(${start}, ${end}), match=${strToUtf16(shown)}>`
  return toValue(strFromCodePoints(Array.from(out, (char) => char.codePointAt(0)!)))
}

function expand(self: PyMatch, template: Value): Owned<Value> {
  const run = importAttribute('re', '_expand')
  try {
    return call(run, [self.data.pattern, self, template])
  } finally {
    drop(run)
  }
}

/** Defines `re.Match`. */
export function defineMatchType(): void {
  defineType(matchType, () => ({
    slots: {
      tp_repr: repr,
      tp_dealloc: ({ data }) => {
        drop(data.regs)
        drop(data.string)
        drop(data.pattern)
      },
      tp_traverse: ({ data }, visit) => {
        if (data.regs !== null) visit(data.regs)
        if (typeof data.string === 'object') visit(data.string)
        visit(data.pattern)
      },
      mp_subscript: (self, key) => group(self, [key]),
    },
    methods: {
      'group(*args)': group,
      'start(group = 0, /)': (self, key): Owned<Value> => self.data.match.spans[2 * groupNumber(self, key)]!,
      'end(group = 0, /)': (self, key): Owned<Value> => self.data.match.spans[2 * groupNumber(self, key) + 1]!,
      'span(group = 0, /)': (self, key) => span(self, groupNumber(self, key)),
      'groups(default = None)': groups,
      'groupdict(default = None)': groupDict,
      'expand(template)': expand,
      '__copy__()': (self) => keep<Value>(self),
      '__deepcopy__(memo, /)': (self) => keep<Value>(self),
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
    getset: {
      lastindex: ({ data }) => (data.match.lastindex >= 0 ? data.match.lastindex : none()),
      lastgroup: lastGroup,
      regs,
    },
    members: {
      string: ({ data }) => keep(data.string),
      re: ({ data }) => keep<Value>(data.pattern),
      pos: ({ data }): Owned<Value> => data.pos,
      endpos: ({ data }): Owned<Value> => data.endpos,
    },
  }))
}
