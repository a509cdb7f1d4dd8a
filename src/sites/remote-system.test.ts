import { beforeEach, expect, test } from 'vitest'
import type { ConnectorInstance } from '../core/connector.ts'
import type { FeedEvent } from '../core/observation.ts'
import type { Log } from '../core/ports.ts'
import { decodeSiteFrame } from './decode.ts'
import { createRemote } from './remote-system.ts'
import { SiteLink } from './site-link.ts'
import { SiteLinks } from './site-links.ts'
import type { HubFrame, SiteFrame } from './wire.ts'

const at = { tenant: 'contoso', site: 'office' } as const
const wall = Date.UTC(2026, 10, 21)
const clock = { wall: () => wall, monotonic: () => 1_000, after: () => ({ cancel() {} }) }
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, with: () => log }
const local = { publish() {} } as unknown as ConnectorInstance

let happened: unknown[]
let sent: HubFrame[]
let links: SiteLinks
let remote: ConnectorInstance
beforeEach(() => {
  happened = []
  sent = []
  links = new SiteLinks()
  remote = createRemote({
    ...{ site: at.site, links, local, assignment: { type: 'fake', settings: {} } },
    context: {
      ...{ tenant: at.tenant, connector: 'pbx', clock, log, health: () => {} },
      emit: (event: FeedEvent) => void happened.push(event),
    },
    written: () => [],
    takenBack: (taken) => void happened.push(taken),
  })
  void remote.start(['1001'])
})

function connect(): SiteLink {
  const link: SiteLink = new SiteLink({
    ...{ ...at, connectors: ['pbx'], version: '1.2.3', protocol: 2, clock, counter: { n: 0 } },
    socket: { send: (text) => void sent.push(JSON.parse(text) as HubFrame), close() {} },
    said: (of, said) => links.said(link, of, said),
    ended: (reason) => links.ended(link, reason),
  })
  links.attach(link)
  return link
}

/** As it comes over the wire. */
function hear(link: SiteLink, frame: SiteFrame): void {
  const decoded = decodeSiteFrame(JSON.stringify(frame))
  expect(decoded, JSON.stringify(frame)).toBeDefined()
  link.heard(decoded!)
}

const dndOff = (observedAt: number): FeedEvent => ({
  ...{ type: 'observed', feed: 'all' },
  observation: { address: '1001', facet: { kind: 'dnd', on: false }, observedAt },
})

test('what was taken back at the site is known before anything that came with the same bytes is heard of the phones', () => {
  const link = connect()
  const start = sent.find((frame) => frame.t === 'ask')
  expect(start).toMatchObject({ ask: { what: 'start', addresses: ['1001'] } })
  hear(link, { t: 'answer', id: 1, value: { released: [], ranOut: ['1001'] } })
  hear(link, { t: 'said', n: 1, of: 'pbx', said: { what: 'event', event: dndOff(wall - 10) } })
  expect(happened).toEqual([{ released: [], ranOut: ['1001'] }, dndOff(wall - 10)])
})

test('times of a site whose clock is off are those of the hub, and never in its future', () => {
  const link = connect()
  hear(link, { t: 'alive', at: 1, wall: wall - 60_000 - 20, roundTripMs: 40 })
  expect(link.clockBehindMs).toBe(60_000)
  hear(link, { t: 'said', n: 1, of: 'pbx', said: { what: 'event', event: dndOff(wall - 60_500) } })
  hear(link, { t: 'said', n: 2, of: 'pbx', said: { what: 'event', event: dndOff(wall) } })
  expect(happened).toEqual([dndOff(wall - 500), dndOff(wall)])
})

test('how a connector works at its site is told as if it worked here, and nothing of it while the link is cut', () => {
  const link = connect()
  const budget = { used: 3, limit: 100, ceiling: 200, growth: 5, refusals: 0 }
  const token = { expiresAt: wall + 60_000 }
  const workings = { queues: [{ queue: 'write', depth: 2, oldestAt: wall }], budget, token } as const
  hear(link, {
    ...{ t: 'said', n: 1, of: 'pbx' },
    said: { what: 'facts', unknownValues: [], credentialEnds: [], workings },
  })
  expect(remote.inspect?.()).toEqual(workings)
  link.end('the test cut it')
  expect(remote.inspect?.()).toEqual({})
  const strange = {
    t: 'said',
    n: 2,
    of: 'pbx',
    said: { what: 'facts', workings: { token: { secret: 'x' } } },
  }
  expect(decodeSiteFrame(JSON.stringify(strange))).toBeUndefined()
})

const asked = () => sent.flatMap((frame) => (frame.t === 'ask' ? [frame.ask.what] : []))

test('a connector that is taken away while its site still starts it is stopped there', async () => {
  const link = connect()
  const stopped = remote.stop()
  expect(asked()).toEqual(['start', 'stop'])
  hear(link, { t: 'answer', id: 1, value: { released: [], ranOut: [] } })
  hear(link, { t: 'answer', id: 2 })
  await stopped
})

test('a site that is gone is not asked to stop', async () => {
  const link = connect()
  link.end('the test cut it')
  await remote.stop()
  expect(asked()).toEqual(['start'])
})
