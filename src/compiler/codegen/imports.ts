import type { StmtNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { loadConst, nameTuple } from './constants.ts'
import { emit } from './emit.ts'
import { syntaxError } from './errors.ts'
import { emitName, nameIndex, nameOp } from './names.ts'
import type { Unit } from './state.ts'

export function visitImport(u: Unit, s: StmtNode<'Import'>): void {
  for (let i = 0; i < s.names.length; i++) {
    const { name, asname } = s.names[i]!
    loadConst(u, 0)
    loadConst(u, null)
    emitName(u, op.IMPORT_NAME, name)
    const dot = name.indexOf('.')
    if (asname === null) nameOp(u, dot === -1 ? name : name.slice(0, dot), 'Store')
    else if (dot === -1) nameOp(u, asname, 'Store')
    else bindSubmodule(u, name, asname)
  }
}

/** `import a.b.c as d`: IMPORT_NAME gave `a`; goes from there to `c`. */
function bindSubmodule(u: Unit, name: string, asname: string): void {
  const parts = name.split('.')
  for (let i = 1; i < parts.length; i++) {
    emit(u, op.IMPORT_FROM, nameIndex(u, parts[i]!))
    if (i === parts.length - 1) break
    emit(u, op.SWAP, 2)
    emit(u, op.POP_TOP)
  }
  nameOp(u, asname, 'Store')
  emit(u, op.POP_TOP)
}

export function visitImportFrom(u: Unit, s: StmtNode<'ImportFrom'>): void {
  loadConst(u, s.level ?? 0)
  if (s.module === '__future__' && s.lineno > u.c.futureLine) {
    throw syntaxError(u, 'from __future__ imports must occur at the beginning of the file')
  }
  loadConst(u, nameTuple(s.names.map((alias) => alias.name)))
  emitName(u, op.IMPORT_NAME, s.module ?? '')
  for (let i = 0; i < s.names.length; i++) {
    const { name, asname } = s.names[i]!
    if (i === 0 && name.startsWith('*')) {
      emit(u, op.IMPORT_STAR)
      return
    }
    emitName(u, op.IMPORT_FROM, name)
    nameOp(u, asname ?? name, 'Store')
  }
  emit(u, op.POP_TOP)
}
