import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { dump } from '../src/ast/dump.ts'
import { PyError } from '../src/base/errors.ts'
import { NEWEST_FEATURE_VERSION, type ParseOptions, parse } from '../src/parser/parse.ts'
import { decodeSource } from '../src/source/decode.ts'

/** What CPython 3.11 makes of a program; recorded by record_parser_trees.py. */
interface Case {
  readonly source: string
  readonly mode: NonNullable<ParseOptions['mode']>
  readonly type_comments: boolean
  readonly feature_version: number | null
  readonly tree?: string
  readonly error?: string
}

const cases = JSON.parse(readFileSync(new URL('./data/parser_trees.json', import.meta.url), 'utf8')) as Case[]

function outcome(given: Case): string {
  const { mode } = given
  try {
    const tree = parse(decodeSource(given.source, '<unknown>', { mode }), {
      mode,
      typeComments: given.type_comments,
      featureVersion: given.feature_version ?? NEWEST_FEATURE_VERSION,
    })
    return dump(tree, { include_attributes: true })
  } catch (error) {
    if (error instanceof PyError) return `${error.type}: ${error.message}`
    throw error
  }
}

describe('trees and errors are those of CPython', () => {
  for (const given of cases) {
    const { source, mode, type_comments, feature_version } = given
    const version = feature_version === null ? '' : `, 3.${feature_version}`
    it(`${JSON.stringify(source)} (${mode}${type_comments ? ', type comments' : ''}${version})`, () => {
      assert.equal(outcome(given), given.tree ?? given.error)
    })
  }
})
