import type { BuiltinFunction } from '../../objects/define.ts'
import { defineModule, type ModuleDef } from '../../objects/define_module.ts'
import type { PyType, Value } from '../../objects/object.ts'
import { type BlockFunction, BlockHash } from './block_hash.ts'
import { hashType, newHash } from './hash_type.ts'
import { md5 } from './md5.ts'
import { sha1 } from './sha1.ts'
import { sha224, sha256 } from './sha256.ts'
import { sha384, sha512 } from './sha512.ts'

type Signature = `${string}(string = NULL, *, usedforsecurity: bool = True)`

/** A module with functions of the same name as their types, and the types under other names. */
function digestModule(
  name: string,
  functions: Readonly<Record<string, BlockFunction>>,
  typeNames: Record<string, string>,
): ModuleDef {
  return defineModule(name, () => {
    const makers: Record<Signature, BuiltinFunction<Signature>> = {}
    const types: Record<string, PyType> = {}
    for (const [key, kind] of Object.entries(functions)) {
      const type = hashType(`${name}.${key}`)
      types[typeNames[key]!] = type
      makers[`${key}(string = NULL, *, usedforsecurity: bool = True)`] = (value: Value | undefined) =>
        newHash(type, key, new BlockHash(kind), value)
    }
    return { functions: makers, attributes: types }
  })
}

/** The modules `_md5`, `_sha1`, `_sha256` and `_sha512`. */
export const md5Module = digestModule('_md5', { md5 }, { md5: 'MD5Type' })
export const sha1Module = digestModule('_sha1', { sha1 }, { sha1: 'SHA1Type' })
export const sha256Module = digestModule('_sha256', { sha224, sha256 }, { sha224: 'SHA224Type', sha256: 'SHA256Type' })
export const sha512Module = digestModule('_sha512', { sha384, sha512 }, { sha384: 'SHA384Type', sha512: 'SHA512Type' })
