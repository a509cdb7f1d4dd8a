import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generateKey, keyFileName, makeKeyFile } from './key-file.ts'
import { readKeyRing } from './key-ring.ts'
import { parseKey, readKeys } from './key-source.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hookswitch-keys-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const around = () => ({ env: {}, folder: directory })

test('the key of the data directory is for its owner only, is never overwritten, and keeps its id', async () => {
  expect(await readKeyRing({ directory, env: {}, cwd: directory })).toEqual([])
  const made = makeKeyFile(directory)
  expect(statSync(join(directory, keyFileName)).mode & 0o777).toBe(0o600)
  expect((await readKeyRing({ directory, env: {}, cwd: directory })).map(({ id }) => id)).toEqual([made.id])
  expect(() => makeKeyFile(directory)).toThrow('EEXIST')
})

test('keys come from files, the environment and commands; the first of the list seals, that of the directory still opens', async () => {
  const [inFile, inEnv, printed] = [generateKey(), generateKey(), generateKey()]
  writeFileSync(join(directory, '2026.key'), `${inFile}\n`)
  const own = makeKeyFile(directory)
  const list = [
    { id: '2026', file: '2026.key' },
    { id: 'env', env: 'OLD_KEY' },
    { id: 'kms', command: [process.execPath, '-e', `console.log('${printed}')`] },
  ]
  const file = join(directory, 'keys.json')
  writeFileSync(file, JSON.stringify(list))
  const keys = await readKeyRing({ directory, file, env: { OLD_KEY: inEnv }, cwd: '/' })
  expect(keys.map(({ id }) => id)).toEqual(['2026', 'env', 'kms', own.id])
  expect(keys.slice(0, 3).map(({ bytes }) => Buffer.from(bytes).toString('base64'))).toEqual([
    inFile,
    inEnv,
    printed,
  ])
  const variables = { OLD_KEY: inEnv, HOOKSWITCH_KEYS: JSON.stringify(list) }
  expect(await readKeyRing({ directory, env: variables, cwd: directory })).toHaveLength(4)
})

test('a key that cannot be had is an error that names it and shows nothing of what was read', async () => {
  writeFileSync(join(directory, 'bad'), 'half-a-secret-key')
  const failing = [
    [{ id: 'a', file: 'bad' }, /"a".*is not a key/],
    [{ id: 'b', file: 'missing' }, /"b".*ENOENT/],
    [{ id: 'c', env: 'NOT_THERE' }, /"c".*NOT_THERE, which is not set/],
    [
      { id: 'd', command: [process.execPath, '-e', 'console.log("half-a-secret-key"); process.exit(3)'] },
      /"d".*ended with 3/,
    ],
    [{ id: 'e', command: [join(directory, 'no-such-program')] }, /"e".*cannot be run \(ENOENT\)/],
  ] as const
  for (const [source, words] of failing) {
    const failure = await readKeys([source], around()).catch((error: Error) => error.message)
    expect(failure).toMatch(words)
    expect(failure).not.toContain('half-a-secret')
  }
})

test('a command that does not end is ended', async () => {
  const command = [process.execPath, '-e', 'setInterval(() => {}, 1000)']
  await expect(readKeys([{ id: 'kms', command }], { ...around(), patienceMs: 100 })).rejects.toThrow(
    'did not end within 0.1 s',
  )
})

test('a list that is not right says what is wrong in it', async () => {
  const wrong = [
    ['{', /not valid JSON/],
    ['[]', /list of keys/],
    ['[{"id":"a b","file":"x"}]', /needs an id/],
    ['[{"id":"a"}]', /exactly one/],
    ['[{"id":"a","file":"x","env":"Y"}]', /exactly one/],
    ['[{"id":"a","command":[]}]', /exactly one/],
    ['[{"id":"a","file":"x","key":"c2VjcmV0"}]', /unknown member/],
    ['[{"id":"a","file":"x"},{"id":"a","file":"y"}]', /two keys with the id "a"/],
    ['[null]', /needs an id/],
  ] as const
  for (const [text, words] of wrong) {
    const reading = readKeyRing({ directory, env: { HOOKSWITCH_KEYS: text }, cwd: directory })
    await expect(reading).rejects.toThrow(words)
  }
})

test('a key is 32 bytes, in base64, base64url or hexadecimal', () => {
  const bytes = Buffer.alloc(32, 0xfb)
  for (const form of ['base64', 'base64url', 'hex'] as const)
    expect(parseKey(` ${bytes.toString(form)}\n`)).toEqual(bytes)
  for (const wrong of ['', 'short', bytes.toString('hex').slice(2), `${bytes.toString('hex')}00`])
    expect(parseKey(wrong)).toBeUndefined()
})
