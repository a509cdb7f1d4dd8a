import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import type { SipOptions } from '../../src/lab/sip/server.ts'
import { until } from './support/child.ts'
import { openSipLab, type SipLab } from './support/sip-lab.ts'
import { createWatcher, type Watcher } from './support/watcher.ts'

const open: SipLab[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop()
})

async function openLab(options: Partial<SipOptions> = {}): Promise<SipLab> {
  const lab = await openSipLab(options)
  open.push(lab)
  return lab
}

const ring = ({ phones }: SipLab) => phones.start({ extension: '1001', direction: 'inbound', answer: false })
const typesOf = (watcher: Watcher) => watcher.recording.feeds.events.map(({ type }) => type)
const isClean = (watcher: Watcher) => expect(watcher.recording.feeds.violations).toEqual([])

describe.each([
  ['rfc4235', 'call'],
  ['partial', 'call'],
  ['kamailio', 'call'],
  ['asterisk', 'lamp'],
  ['sloppy', 'lamp'],
] as const)('documents in the style "%s"', (style, evidence) => {
  test(`a call is seen from ringing to its end, twice, with the evidence of a ${evidence}`, async () => {
    const lab = await openLab({ style })
    const watcher = await lab.watch()
    for (let round = 0; round < 2; round += 1) {
      ring(lab)
      await lab.becomes(watcher, `early ${evidence}`)
      lab.phones.answer('1001')
      await lab.becomes(watcher, `confirmed ${evidence}`)
      lab.phones.hangup('1001')
      await lab.becomes(watcher, '')
    }
    expect(watcher.recording.counted('sip_malformed')).toBe(0)
    isClean(watcher)
  })
})

test("FreePBX's do not disturb lights the lamp, and is never told as a call", async () => {
  const lab = await openLab({ style: 'asterisk' })
  const watcher = await lab.watch({ events: ['dialog', 'presence'] })
  lab.phones.setDnd('1001', true)
  await lab.becomes(watcher, 'confirmed lamp')
  lab.phones.setDnd('1001', false)
  await lab.becomes(watcher, '')
  expect(watcher.legs('1001').every((leg) => leg.evidence === 'lamp')).toBe(true)
})

test('presence alone: registration, and on-the-phone as a lamp', async () => {
  const lab = await openLab()
  const watcher = await lab.watch({ events: ['presence'] })
  expect(watcher.recording.feeds.registered('1001')).toBe(true)
  ring(lab)
  await lab.becomes(watcher, 'confirmed lamp')
  lab.phones.setRegistered('1001', false)
  await until(() => watcher.recording.feeds.registered('1001') === false, 'the phone to leave')
  await lab.becomes(watcher, '')
})

describe('the end of a subscription', () => {
  test.each(['deactivated', 'timeout'])(
    '%s: subscribed anew, and never shown as free meanwhile',
    async (reason) => {
      const lab = await openLab()
      const watcher = await lab.watch()
      ring(lab)
      await lab.becomes(watcher, 'early call')
      lab.lab.end('1001', reason)
      await until(
        () => typesOf(watcher).filter((type) => type === 'opened').length === 2,
        'it to be opened again',
      )
      expect(lab.lab.subscriptions()).toBe(1)
      expect(watcher.story('1001')).toEqual(['', 'early'])
      isClean(watcher)
    },
  )

  test('probation with retry-after: lost, and asked again after that time', async () => {
    const lab = await openLab()
    const watcher = await lab.watch()
    lab.lab.end('1001', 'probation', 1)
    await until(() => typesOf(watcher).includes('lost'), 'the loss to be told')
    expect(watcher.recording.health()).not.toMatchObject({ state: 'down' })
    await until(() => lab.lab.subscriptions() === 1, 'the new subscription')
    await until(() => watcher.recording.health()?.state === 'up', 'health to come back')
    isClean(watcher)
  })

  test('rejected: lost, not asked again by itself, but on request', async () => {
    const lab = await openLab()
    const watcher = await lab.watch()
    lab.lab.end('1001', 'rejected')
    await until(() => watcher.recording.health()?.state === 'degraded', 'it to be told')
    expect(watcher.recording.health()).toMatchObject({
      detail: expect.stringContaining('rejected'),
      fix: expect.any(String),
    })
    expect(typesOf(watcher).at(-1)).toBe('lost')
    const asked = lab.lab.requests()
    watcher.instance.resync(['1001'])
    await until(() => lab.lab.subscriptions() === 1, 'the new subscription')
    expect(lab.lab.requests()).toBe(asked + 1)
  })

  test('noresource, because the phone was removed: ended', async () => {
    const lab = await openLab()
    const watcher = await lab.watch()
    ring(lab)
    await lab.becomes(watcher, 'early call')
    lab.phones.remove('1001')
    await until(() => typesOf(watcher).includes('ended'), 'the end')
    expect(lab.shown(watcher)).toBe('')
  })

  test('invariant: what was told stays, without another question', async () => {
    const lab = await openLab()
    const watcher = await lab.watch()
    ring(lab)
    await lab.becomes(watcher, 'early call')
    const asked = lab.lab.requests()
    lab.lab.end('1001', 'invariant')
    await until(() => lab.lab.subscriptions() === 0, 'the end at the server')
    watcher.instance.resync(['1002'])
    expect(lab.shown(watcher)).toBe('early call')
    expect(lab.lab.requests()).toBe(asked)
  })

  test('481 on a refresh: subscribed anew', async () => {
    const lab = await openLab()
    const watcher = await lab.watch()
    lab.lab.forget()
    ring(lab)
    watcher.instance.resync(['1001'])
    await until(() => lab.shown(watcher) === 'early call', 'the new subscription')
    isClean(watcher)
  })
})

describe('what servers demand', () => {
  test('423: the least time is taken', async () => {
    const lab = await openLab({ expires: { min: 900, max: 3600 } })
    const watcher = await lab.watch()
    expect(watcher.recording.feeds.events[0]).toMatchObject({ type: 'opened', leaseMs: 900_000 })
  })

  test('489 for dialog: presence is taken instead, and said', async () => {
    const lab = await openLab({ events: ['presence'] })
    const watcher = await lab.watch({}, ['1001', '1002'])
    expect(watcher.recording.health()).toMatchObject({
      state: 'up',
      detail: expect.stringContaining('dialog'),
    })
    ring(lab)
    await lab.becomes(watcher, 'confirmed lamp')
  })

  test('489 for both: misconfigured', async () => {
    const lab = await openLab({ events: [] })
    await expect(lab.watch()).rejects.toMatchObject({ kind: 'misconfigured', fix: expect.any(String) })
  })

  test('stale nonces are no wrong password', async () => {
    const lab = await openLab()
    const watcher = await lab.watch()
    lab.lab.expireNonces()
    const before = watcher.recording.feeds.events.length
    watcher.instance.resync(['1001'])
    await until(() => typesOf(watcher).slice(before).includes('snapshot'), 'the answer')
    expect(watcher.recording.health()?.state).toBe('up')
  })

  test('a registration first; a NOTIFY before its 200', async () => {
    const lab = await openLab()
    lab.lab.disturbances.notifyFirst = true
    const watcher = await lab.watch({ register: true, transport: 'tcp' })
    expect(watcher.recording.health()?.state).toBe('up')
    expect(watcher.recording.feeds.feeds.get('dialog:1001')).toMatchObject({ synced: true })
    isClean(watcher)
  })
})

test('an instance that could not start, or was stopped, can be started again', async () => {
  const lab = await openLab()
  await lab.lab.cut()
  const { instance, recording } = createWatcher(lab.config)
  await expect(instance.start(['1001'])).rejects.toMatchObject({ kind: 'not-ready', fix: expect.any(String) })
  await instance.stop()
  await lab.lab.restore()
  for (let round = 0; round < 2; round += 1) {
    await instance.start(['1001'])
    expect(recording.health()).toEqual({ state: 'up' })
    expect(lab.lab.subscriptions()).toBe(1)
    await instance.stop()
    expect(lab.lab.subscriptions()).toBe(0)
  }
  expect(recording.pendingTimers()).toBe(0)
})

describe('a bad network and bad documents', () => {
  test('partial documents with a gap: the whole state is asked for', async () => {
    const lab = await openLab({ style: 'partial' })
    const watcher = await lab.watch()
    ring(lab)
    await lab.becomes(watcher, 'early call')
    lab.lab.disturbances.dropNotify = { containing: 'terminated</state>', left: 1 }
    lab.phones.hangup('1001')
    ring(lab)
    await until(() => watcher.story('1001').at(-1) === 'early', 'the second call')
    await until(() => watcher.recording.feeds.dialogs('1001').length === 1, 'one leg only')
    lab.lab.restartVersions()
    lab.phones.answer('1001')
    await lab.becomes(watcher, 'confirmed call')
  })

  test('two NOTIFYs in the wrong order: the newer state stays', async () => {
    const lab = await openLab()
    const watcher = await lab.watch()
    lab.lab.disturbances.swapNotify = 1
    ring(lab)
    lab.phones.hangup('1001')
    ring(lab)
    await lab.becomes(watcher, 'early call')
    lab.phones.hangup('1001')
    await lab.becomes(watcher, '')
  })

  test('no message after those of RFC 4475 and no nonsense disturbs what is known', async () => {
    const lab = await openLab()
    const watcher = await lab.watch()
    ring(lab)
    await lab.becomes(watcher, 'early call')
    const port = Number(/:(\d+);/.exec(lab.lab.contacts()[0]!)?.[1])
    const folder = new URL('../fixtures/sip/torture/', import.meta.url)
    const expected: readonly { file: string; read: string }[] = JSON.parse(
      readFileSync(new URL('expected.json', folder), 'utf8'),
    )
    const bad = expected.filter(
      ({ file, read }) => read === 'malformed' && !file.includes('keep-alive'),
    ).length
    const socket = createSocket('udp4')
    for (const { file } of expected) {
      const bytes = readFileSync(new URL(file, folder))
      await new Promise((sent) => socket.send(bytes, port, '127.0.0.1', sent))
    }
    socket.close()
    await until(() => watcher.recording.counted('sip_malformed') >= bad, `${bad} bad ones to be counted`)
    expect(watcher.recording.counted('sip_malformed')).toBe(bad)
    expect(lab.shown(watcher)).toBe('early call')
    lab.phones.answer('1001')
    await lab.becomes(watcher, 'confirmed call')
    isClean(watcher)
  })
})
