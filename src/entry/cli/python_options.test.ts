import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandLineError, parseCommandLine } from './python_options.ts'

const parse = (line: string) => parseCommandLine(line.split(' ').filter(Boolean))

test('options stand before the program, arguments behind it', () => {
  const line = parse('-OO -sB -W error -Xdev x.py -O arg')
  assert.deepEqual(line.counts, { O: 2, s: 1, B: 1 })
  assert.deepEqual([line.warnings, line.xoptions], [['error'], ['dev']])
  assert.deepEqual([line.filename, line.argv], ['x.py', ['x.py', '-O', 'arg']])
})

test('-c and -m end the options and name argv[0]', () => {
  const command = parse('-bc pass -x')
  assert.deepEqual([command.command, command.argv, command.filename], ['pass\n', ['-c', '-x'], null])
  const module = parse('-mjson.tool -h')
  assert.deepEqual([module.module, module.argv], ['json.tool', ['-m', '-h']])
})

test('standard input is what nothing or - name', () => {
  assert.deepEqual(parse('').argv, [''])
  assert.deepEqual([parse('- a').argv, parse('- a').filename], [['-', 'a'], null])
  assert.deepEqual(parse('-- x.py').filename, 'x.py')
})

test('what is shown instead of a program', () => {
  assert.equal(parse('-V').show, 'version')
  assert.equal(parse('--help-env').show, 'env')
  assert.equal(parse('-h').show, 'help')
  assert.equal(parse('-c pass -V').show, null)
})

test('mistakes have the words of CPython', () => {
  const fails = (line: string, message: string) =>
    assert.throws(
      () => parse(line),
      (error) => error instanceof CommandLineError && error.message === message,
    )
  fails('-z', 'Unknown option: -z')
  fails('-c', 'Argument expected for the -c option')
  fails('--foo', 'unknown option --foo')
  fails('--check-hash-based-pycs x', "--check-hash-based-pycs must be one of 'default', 'always', or 'never'")
})
