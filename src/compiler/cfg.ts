/** One instruction on its way from code generation to the assembler: CPython's `struct instr`. */
export class Instr {
  // `declare` keeps the fields from being written twice (once as undefined) for each of millions of instructions.
  declare opcode: number
  declare oparg: number
  /** Where a jump or a block set-up leads. */
  declare target: BasicBlock | null
  /** Where control goes when this instruction raises; set by the assembler's passes alone. */
  declare except: BasicBlock | null
  /** 1-based; −1 for an instruction without a line. Columns are −1 where there are none. */
  declare lineno: number
  declare end_lineno: number
  declare col_offset: number
  declare end_col_offset: number

  constructor(
    opcode: number,
    oparg: number,
    target: BasicBlock | null,
    lineno: number,
    end_lineno: number,
    col_offset: number,
    end_col_offset: number,
  ) {
    this.opcode = opcode
    this.oparg = oparg
    this.target = target
    this.except = null
    this.lineno = lineno
    this.end_lineno = end_lineno
    this.col_offset = col_offset
    this.end_col_offset = end_col_offset
  }
}

/** The handlers active at one point of the code, innermost first; shared, never changed. */
export interface HandlerStack {
  readonly handler: BasicBlock
  readonly outer: HandlerStack | null
}

/** A straight run of instructions: CPython's `basicblock`. Jumps and exits stand only at its end. */
export class BasicBlock {
  readonly instrs: Instr[] = []
  /** The next block in the order of the code. */
  next: BasicBlock | null = null
  /** A `RETURN_VALUE` was emitted into it. */
  isReturn = false
  /** Control does not fall out of its end. */
  nofallthrough = false
  /** It ends with a return or a raise. */
  exit = false
  /** It is an exception handler that keeps `f_lasti`. */
  preserveLasti = false
  /** Some instruction in it sets up a handler; known once the peephole pass has seen the block. */
  hasBlockPush = false
  /** It may hold `NOP`s; known once the peephole pass has seen the block. */
  hasNops = false
  visited = false
  predecessors = 0
  startdepth = -1
  /** Distance from the start of the code, and length, both in code units. */
  offset = 0
  size = 0
  /** The handlers active at its start, while the exception targets are being found. */
  handlers: HandlerStack | null = null
}
