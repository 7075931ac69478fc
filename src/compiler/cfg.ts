/** One instruction on its way from code generation to the assembler: CPython's `struct instr`. */
export class Instr {
  opcode: number
  oparg: number
  /** Where a jump or a block set-up leads. */
  target: BasicBlock | null
  /** Where control goes when this instruction raises; set by the assembler's passes alone. */
  except: BasicBlock | null = null
  /** 1-based; −1 for an instruction without a line. Columns are −1 where there are none. */
  lineno: number
  end_lineno: number
  col_offset: number
  end_col_offset: number

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
    this.lineno = lineno
    this.end_lineno = end_lineno
    this.col_offset = col_offset
    this.end_col_offset = end_col_offset
  }
}

/** A straight run of instructions: CPython's `basicblock`. */
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
  visited = false
  predecessors = 0
  startdepth = -1
  offset = 0
  exceptstack: readonly (BasicBlock | null)[] | null = null
}
