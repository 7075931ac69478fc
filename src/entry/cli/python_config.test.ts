import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, hashSeed, pythonConfig } from './python_config.ts'
import { parseCommandLine } from './python_options.ts'

function config(line: string, env: Record<string, string> = {}, files: Record<string, string> = {}) {
  return pythonConfig(parseCommandLine(line.split(' ').filter(Boolean)), {
    executable: '/opt/taipan/cli.js',
    home: '/opt/taipan',
    origArgv: ['taipan'],
    env: (name) => env[name],
    cwd: '/project',
    readText: (path) => files[path] ?? null,
  })
}

test('variables count unless -E or -I say otherwise', () => {
  const env = { PYTHONOPTIMIZE: '2', PYTHONPATH: '/a:/b', PYTHONUNBUFFERED: '1', PYTHONVERBOSE: 'x' }
  const found = config('x.py', env)
  assert.deepEqual([found.flags.optimize, found.flags.verbose, found.bufferedStdio], [2, 1, false])
  assert.deepEqual(found.moduleSearchPaths.slice(0, 3), ['/a', '/b', '/opt/taipan/lib/python311.zip'])
  assert.equal(found.runFilename, '/project/x.py')
  for (const option of ['-E', '-I']) {
    const ignored = config(option, env)
    assert.deepEqual([ignored.flags.optimize, ignored.bufferedStdio], [0, true])
    assert.equal(ignored.moduleSearchPaths.length, 2)
  }
  assert.deepEqual([config('-I').flags.safePath, config('-I').flags.noUserSite], [true, 1])
})

test('warnings come from the development mode, the variable, -W and -b, in this order', () => {
  const found = config('-X dev -W error -bb', { PYTHONWARNINGS: 'ignore,default' })
  assert.deepEqual(found.warnoptions, ['default', 'ignore', 'error', 'error::BytesWarning'])
  assert.equal(found.flags.devMode, true)
})

test('the streams follow the locale and PYTHONIOENCODING', () => {
  const stdio = (env: Record<string, string>) => {
    const { stdioEncoding, stdioErrors } = config('', env)
    return [stdioEncoding, stdioErrors]
  }
  assert.deepEqual(stdio({ LANG: 'en_US.UTF-8' }), ['utf-8', 'strict'])
  assert.deepEqual(stdio({ LANG: 'C.UTF-8' }), ['utf-8', 'surrogateescape'])
  assert.deepEqual(stdio({}), ['utf-8', 'surrogateescape'])
  assert.deepEqual(stdio({ PYTHONIOENCODING: 'latin-1' }), ['latin-1', 'strict'])
  assert.deepEqual(stdio({ PYTHONIOENCODING: ':replace' }), ['utf-8', 'replace'])
})

test('a virtual environment is the prefix, not the base', () => {
  const found = config('', {}, { '/opt/pyvenv.cfg': 'home = /usr/bin\n' })
  assert.deepEqual([found.prefix, found.basePrefix], ['/opt', '/opt/taipan'])
})

test('settings that make no sense are refused', () => {
  assert.throws(() => hashSeed(() => 'x'), ConfigError)
  assert.equal(
    hashSeed(() => '42'),
    42,
  )
  assert.throws(() => config('-X utf8=3'), ConfigError)
  assert.throws(() => config('-X int_max_str_digits=3'), ConfigError)
  assert.equal(config('-X int_max_str_digits=0').intMaxStrDigits, 0)
})
