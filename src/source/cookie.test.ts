import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCookie } from './cookie.ts'

const cookie = (text: string) => {
  const bytes = new TextEncoder().encode(text)
  return findCookie(bytes, bytes.length)
}

test('a cookie stands in a comment on the first or second line', () => {
  assert.equal(cookie('# coding: cp1252\n'), 'cp1252')
  assert.equal(cookie('#!/usr/bin/python\n# -*- coding: koi8-r -*-\n'), 'koi8-r')
  assert.equal(cookie('\f \t# vim: set fileencoding=big5 :\n'), 'big5')
  assert.equal(cookie('# coding: \t gbk\n'), 'gbk')
  assert.equal(cookie('\n# coding: gbk\n'), 'gbk')
})

test('what is no cookie', () => {
  assert.equal(cookie('x # coding: gbk\n'), null)
  assert.equal(cookie('x\n# coding: gbk\n'), null)
  assert.equal(cookie('\\\n# coding: gbk\n'), null)
  assert.equal(cookie('\n\n# coding: gbk\n'), null)
  assert.equal(cookie('# coding : gbk\n'), null)
  assert.equal(cookie('# coding:\n'), null)
  assert.equal(cookie('# coding: gbk'), null)
  assert.equal(cookie(''), null)
})

test('the first good one of a line counts', () => {
  assert.equal(cookie('# coding coding: gbk coding: big5\n'), 'gbk')
  assert.equal(cookie('# coding: cp1252\n# coding: gbk\n'), 'cp1252')
})

test('UTF-8 and Latin-1 have one name', () => {
  for (const name of ['utf-8', 'UTF_8', 'utf-8-unix', 'Utf-8_sig']) assert.equal(cookie(`# coding: ${name}\n`), 'utf-8')
  for (const name of ['latin-1', 'Latin_1', 'iso-8859-1', 'ISO_8859_1-unix', 'iso-latin-1']) {
    assert.equal(cookie(`# coding: ${name}\n`), 'iso-8859-1')
  }
  assert.equal(cookie('# coding: utf8\n'), 'utf8')
  assert.equal(cookie('# coding: iso-8859-15\n'), 'iso-8859-15')
})
