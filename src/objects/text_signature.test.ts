import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textSignature } from './text_signature.ts'

test('a signature without its converters, behind what is bound', () => {
  assert.equal(textSignature('append(object, /)', '$self'), '($self, object, /)')
  assert.equal(textSignature('insert(index: ssize, object, /)', '$self'), '($self, index, object, /)')
  assert.equal(textSignature('clear()', '$self'), '($self, /)')
  assert.equal(textSignature('len(obj, /)', '$module'), '($module, obj, /)')
  assert.equal(
    textSignature('maketrans(x, y = NULL, z = NULL, /)', ''),
    '(x, y=<unrepresentable>, z=<unrepresentable>, /)',
  )
})

test('a slash keeps the bound parameter from being named where others can be', () => {
  assert.equal(
    textSignature('sort(*, key = None, reverse: bool = False)', '$self'),
    '($self, /, *, key=None, reverse=False)',
  )
  assert.equal(textSignature('run(*args, **kwargs)', '$type'), '($type, /, *args, **kwargs)')
})

test('a signature that names its object itself', () => {
  assert.equal(textSignature('update($self, /, *args, **kwargs)', '$self'), '($self, /, *args, **kwargs)')
})
