/** Where the probabilities of LZMA's bits stand in one array, and what its states mean. */

const STATES = 12
/** The first state after something other than a literal. */
export const FIRST_MATCH_STATE = 7

const POSITION_STATES = 16
export const IS_MATCH = 0
export const IS_REP = IS_MATCH + STATES * POSITION_STATES
export const IS_REP0 = IS_REP + STATES
export const IS_REP1 = IS_REP0 + STATES
export const IS_REP2 = IS_REP1 + STATES
export const IS_REP0_LONG = IS_REP2 + STATES
export const DISTANCE_SLOT = IS_REP0_LONG + STATES * POSITION_STATES
export const DISTANCE_SPECIAL = DISTANCE_SLOT + 4 * 64
export const DISTANCE_ALIGN = DISTANCE_SPECIAL + 128
/** A coder of lengths: two choices, the short and the middle ones by position, the long ones. */
export const LENGTH_LOW = 2
export const LENGTH_MIDDLE = LENGTH_LOW + POSITION_STATES * 8
export const LENGTH_HIGH = LENGTH_MIDDLE + POSITION_STATES * 8
const LENGTH_SIZE = LENGTH_HIGH + 256
export const MATCH_LENGTH = DISTANCE_ALIGN + 16
export const REP_LENGTH = MATCH_LENGTH + LENGTH_SIZE
export const LITERAL = REP_LENGTH + LENGTH_SIZE
export const LITERAL_SIZE = 0x300

export const PROBABILITY_BITS = 11
export const PROBABILITY_ONE = 1 << PROBABILITY_BITS
export const ADAPTATION = 5

export const MATCH_MIN = 2
export const MATCH_MAX = 273
/** Distances from this slot on have their last four bits in a model of their own. */
export const FIRST_ALIGNED_SLOT = 14
/** Distances from this slot on are coded with the slot's model alone and some more bits. */
export const FIRST_SPECIAL_SLOT = 4

export const TOP = 2 ** 24

export const afterLiteral = (state: number): number => (state < 4 ? 0 : state < 10 ? state - 3 : state - 6)
export const afterMatch = (state: number): number => (state < FIRST_MATCH_STATE ? 7 : 10)
export const afterRep = (state: number): number => (state < FIRST_MATCH_STATE ? 8 : 11)
export const afterShortRep = (state: number): number => (state < FIRST_MATCH_STATE ? 9 : 11)

/** How literals and positions are told apart: LZMA's `lc`, `lp` and `pb`. */
export interface LiteralParameters {
  readonly lc: number
  readonly lp: number
  readonly pb: number
}

/** Fresh probabilities. */
export function newProbabilities({ lc, lp }: LiteralParameters): Uint16Array {
  return new Uint16Array(LITERAL + (LITERAL_SIZE << (lc + lp))).fill(PROBABILITY_ONE / 2)
}

/** The byte of properties that stands for the parameters. */
export const packParameters = ({ lc, lp, pb }: LiteralParameters): number => (pb * 5 + lp) * 9 + lc

/** The parameters of a byte of properties; `null` for what LZMA does not allow. */
export function unpackParameters(byte: number): LiteralParameters | null {
  if (byte >= 9 * 5 * 5) return null
  const parameters = { lc: byte % 9, lp: Math.floor(byte / 9) % 5, pb: Math.floor(byte / 45) }
  return parameters.lc + parameters.lp > 4 ? null : parameters
}
