import type { Owned } from '../memory/header.ts'
import { newText, none } from './make.ts'
import { newObject, type PyObject, type PyType, type Value } from './object.ts'
import { typeDict } from './type_dict.ts'
import { docHook } from './type_hooks.ts'
import { builtinType } from './types.ts'

/** What stands for the docstring in the dict of a builtin type until somebody looks at the dict: docstrings load late. */
export type DocDescriptor = PyObject<PyType>

export const docDescriptorType = builtinType<DocDescriptor>('doc_descriptor')

/** A stand-in for a builtin type's docstring. */
export function newDocDescriptor(type: PyType): Owned<Value> {
  return newObject(docDescriptorType, type)
}

/** Puts the docstring itself into the dict of a builtin type. */
export function materializeDoc(type: PyType): void {
  const table = typeDict(type)
  const held = table.get('__doc__')
  if (typeof held !== 'object' || held.type !== docDescriptorType) return
  const doc = docHook.docOf(type.name, '')
  table.set('__doc__', doc === undefined ? none() : newText(doc))
}
