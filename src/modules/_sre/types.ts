import type { Owned, WeakReferences } from '../../memory/header.ts'
import {
  type PyDict,
  type PyObject,
  type PyTuple,
  TPFLAGS_DISALLOW_INSTANTIATION,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../../objects/object.ts'
import { builtinType } from '../../objects/types.ts'
import type { Match, Matcher } from './engine.ts'
import type { Program } from './program.ts'
import type { HeldSubject } from './subject.ts'
import type { Codes } from './validate.ts'

/** The `data` of a pattern. */
export interface PatternData {
  readonly pattern: Owned<Value>
  readonly flags: number
  readonly groups: number
  readonly groupindex: Owned<PyDict>
  readonly indexgroup: Owned<PyTuple>
  /** Whether it matches bytes; `null` for patterns without a text, which match both. */
  readonly isBytes: boolean | null
  readonly codes: Codes
  /** What the codes are translated into for the first match: most patterns of a module never see one. */
  program: Program | null
  weakrefs: WeakReferences | null
}

export type PyPattern = PyObject<PatternData>

/** The `data` of a match. */
interface MatchData {
  readonly string: Owned<Value>
  readonly pattern: Owned<PyPattern>
  readonly pos: number
  readonly endpos: number
  readonly match: Match
  /** The tuple of all spans, once it was asked for. */
  regs: Owned<PyTuple> | null
}

export type PyMatch = PyObject<MatchData>

/** The `data` of a scanner. */
interface ScannerData {
  readonly string: Owned<Value>
  readonly pattern: Owned<PyPattern>
  readonly held: HeldSubject
  readonly matcher: Matcher
}

export type PyScanner = PyObject<ScannerData>

const FLAGS = TPFLAGS_HAVE_GC | TPFLAGS_DISALLOW_INSTANTIATION

export const patternType = builtinType<PyPattern>('re.Pattern', FLAGS)
export const matchType = builtinType<PyMatch>('re.Match', FLAGS)
export const scannerType = builtinType<PyScanner>('_sre.SRE_Scanner', FLAGS)
