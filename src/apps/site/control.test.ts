import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../observe/log.ts'
import { askSite, ControlFailure, serveControl } from './control.ts'

const log = createLog({ level: 'silent' })
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-control-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: unknown) => error,
  )

test('a command is answered, and told what went wrong; nobody but the owner may ask', async () => {
  const door = serveControl(
    folder,
    async (ask) => {
      if (ask.what === 'rotate') throw new Error('the key is gone')
      return { released: [], remaining: ask.who === '1001' ? 1 : 0 }
    },
    log,
  )
  try {
    expect(await askSite(folder, { what: 'release', who: '1001' })).toEqual({ released: [], remaining: 1 })
    expect(statSync(join(folder, 'control.sock')).mode & 0o777).toBe(0o600)
    const failure = await failureOf(askSite(folder, { what: 'rotate' }))
    expect(failure).toBeInstanceOf(ControlFailure)
    expect((failure as Error).message).toBe('the key is gone')
    for (const noise of ['null\n', '{}\n', 'x\n', `${'x'.repeat(20_000)}`]) {
      const socket = connect(join(folder, 'control.sock'))
      socket.on('error', () => {})
      socket.resume()
      socket.write(noise)
      await new Promise((resolve) => socket.on('close', resolve))
    }
    expect(await askSite(folder, { what: 'release', who: 'all' })).toMatchObject({ remaining: 0 })
  } finally {
    door.close()
  }
})

test('where no site answers it is said, and what a killed one left is no hindrance', async () => {
  expect(await failureOf(askSite(folder, { what: 'rotate' }))).toBeInstanceOf(ControlFailure)
  const killed = serveControl(folder, async () => ({}), log)
  const next = serveControl(folder, async () => ({ released: [], remaining: 0 }), log)
  try {
    expect(await askSite(folder, { what: 'release', who: 'all' })).toEqual({ released: [], remaining: 0 })
  } finally {
    killed.close()
    next.close()
  }
})
