import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { createLog } from '../../src/observe/log.ts'
import { EnrolFailure, enrolAt } from '../../src/sites/enrol.ts'
import { makeKeys, type SiteKeys, signProof } from '../../src/sites/key-pair.ts'
import { Outbox } from '../../src/sites/outbox.ts'
import type { SiteLink } from '../../src/sites/site-link.ts'
import { Uplink } from '../../src/sites/uplink.ts'
import { type HubFrame, proofMs, protocolVersion, type Said, sessionMs } from '../../src/sites/wire.ts'
import { createLinkWorld, type Door, type LinkWorld, RawSite } from './sites/link-world.ts'
import { until } from './support/child.ts'

/** The link itself, over real sockets, with a site that says what the test wants. */
const at = { tenant: 'contoso', site: 'office' } as const
let world: LinkWorld
let doors: Door[] = []
let sites: RawSite[] = []
let keys: SiteKeys

async function openDoor(name = 'one', here: () => readonly string[] = () => ['contoso', 'fabrikam']) {
  const door = await world.openDoor(name, here)
  doors.push(door)
  return door
}

function connect(door: Door): RawSite {
  const site = new RawSite(door.url)
  sites.push(site)
  return site
}

/** Hears what a connector of the site says. */
function listen(door: Door, connector = 'pbx') {
  const heard: Said[] = []
  const links: SiteLink[] = []
  const ends: string[] = []
  const listener = {
    up: (link: SiteLink) => void links.push(link),
    down: (reason: string) => void ends.push(reason),
    said: (said: Said) => void heard.push(said),
  }
  door.links.listen({ ...at, connector }, listener)
  return { heard, links, ends }
}

const revokedWords = 'An administrator revoked this site.'
const health = (detail: string) => ({ what: 'health', health: { state: 'up', detail } }) as const

beforeEach(async () => {
  world = createLinkWorld()
  keys = makeKeys()
})
afterEach(async () => {
  for (const site of sites) site.close()
  for (const door of doors) await door.close()
  doors = []
  sites = []
})

/** Time passes for the hub, and the site goes on being heard. */
async function pass(site: RawSite, ms: number) {
  for (let left = ms; left > 0; left -= 10_000) {
    site.say({ t: 'alive', at: 1 })
    await site.next('alive')
    world.clock.advance(Math.min(left, 10_000))
  }
}

async function prove(site: RawSite, own = keys) {
  const { nonce } = await site.next('challenge')
  site.say({ t: 'proof', signature: signProof({ ...at, nonce }, own.secret) })
}

async function enrol(tenant = 'contoso', connectors: readonly string[] = ['pbx']) {
  const { code } = await world.book.issue({ tenant, name: 'office', connectors }, 'anna')
  expect(await world.book.redeem(tenant, code, keys.public)).toMatchObject({ name: 'office' })
}

test('a code lets one site in, once, within its hour', async () => {
  const door = await openDoor()
  const issue = () => world.book.issue({ tenant: 'contoso', name: 'office', connectors: ['pbx'] }, 'anna')
  const redeem = (code: string) => enrolAt(door.url, { code, keys, version: '1.2.2' })
  const { code } = await issue()
  expect(await redeem(code)).toEqual({ ...at, connectors: ['pbx'] })
  const why = async (wrong: string) => {
    const failure = await redeem(wrong).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(EnrolFailure)
    return (failure as EnrolFailure).message
  }
  expect(await why(code)).toContain('was used')
  expect(await why(`fabrikam.${code.split('.')[1]}`)).toContain('is wrong')
  const { code: second } = await issue()
  world.clock.advance(60 * 60_000)
  expect(await why(second)).toContain('expired')
  expect(world.noted).toEqual(['site.code office: pbx', 'site.enrol office: pbx', 'site.code office: pbx'])
})

test('versions one apart work together, others are refused in words', async () => {
  await enrol()
  const door = await openDoor()
  const next = connect(door)
  await next.hello(at, keys, { protocol: protocolVersion + 1 })
  await next.next('welcome')
  for (const protocol of [protocolVersion + 2, 17]) {
    const strange = connect(door)
    await strange.hello(at, keys, { protocol })
    const { code, reason } = await strange.next('refused')
    expect(code).toBe('version')
    expect(reason).toContain(`version ${protocol}`)
    expect(reason).toContain('site 1.2.2, hub 1.2.3')
  }
})

test('another key and a signature for another challenge are refused alike; who was enrolled is told what became of that', async () => {
  await enrol()
  const door = await openDoor()
  const thief = connect(door)
  await thief.hello(at, makeKeys())
  const words = (await thief.next('refused')).reason
  const first = connect(door)
  const nonce = await first.hello(at, keys)
  await first.next('welcome')
  const repeater = connect(door)
  await repeater.hello(at, keys, { nonce })
  expect((await repeater.next('refused')).reason).toBe(words)
  await world.book.revoke('contoso', 'office', 'anna')
  const revoked = connect(door)
  await revoked.hello(at, keys)
  expect(await revoked.next('refused')).toMatchObject({ code: 'revoked', reason: revokedWords })
  const former = keys
  keys = makeKeys()
  await enrol()
  // Somebody else takes back now what it wrote.
  const late = connect(door)
  await late.hello(at, former)
  expect(await late.next('refused')).toMatchObject({ code: 'superseded' })
  const strange = connect(door)
  await strange.hello(at, makeKeys())
  expect((await strange.next('refused')).reason).toBe(words)
})

test('one that is enrolled in the place of another sends it away; a later revocation is not told to the former one', async () => {
  await enrol()
  const door = await openDoor()
  const first = connect(door)
  await first.hello(at, keys)
  await first.next('welcome')
  const { code } = await world.book.issue({ tenant: 'contoso', name: 'office', connectors: ['pbx'] }, 'anna')
  await enrolAt(door.url, { code, keys: makeKeys(), version: '1.2.2' })
  expect(await first.next('refused')).toMatchObject({ code: 'superseded' })
  await world.book.revoke('contoso', 'office', 'anna')
  const again = connect(door)
  await again.hello(at, keys)
  expect(await again.next('refused')).toMatchObject({ code: 'superseded' })
})

test('a site speaks for its connectors and its tenant alone', async () => {
  await enrol()
  const door = await openDoor()
  const other = listen(door, 'other')
  const site = connect(door)
  await site.hello(at, keys)
  await site.next('welcome')
  site.say({ t: 'said', n: 1, of: 'other', said: health('of another') })
  expect(await site.next('refused')).toMatchObject({ code: 'scope' })
  expect(other.heard).toEqual([])
  const stranger = connect(door)
  await stranger.hello({ tenant: 'fabrikam', site: 'office' }, keys)
  expect(await stranger.next('refused')).toMatchObject({ code: 'unknown' })
  const noise = connect(door)
  await noise.next('challenge')
  noise.say({ t: 'said', n: 1, of: 'pbx', said: health('before the door') })
  expect(await noise.next('refused')).toMatchObject({ code: 'invalid' })
})

test('what is said twice is taken once, over a cut too; what is no frame ends the link', async () => {
  await enrol()
  const door = await openDoor()
  const { heard, ends } = listen(door)
  const first = connect(door)
  await first.hello(at, keys)
  expect((await first.next('welcome')).after).toBe(0)
  for (const n of [1, 1, 2]) first.say({ t: 'said', n, of: 'pbx', said: health(`number ${n}`) })
  await until(() => heard.length === 2, 'both to come')
  expect((await first.next('ack')).n).toBe(2)
  first.close()
  await until(() => ends.length === 1, 'the end to be noticed')
  const second = connect(door)
  await second.hello(at, keys)
  expect((await second.next('welcome')).after).toBe(2)
  for (const n of [2, 3]) second.say({ t: 'said', n, of: 'pbx', said: health(`number ${n}`) })
  await until(() => heard.length === 3, 'the third to come')
  expect(heard.map((said) => said.what === 'health' && said.health.detail)).toEqual([
    'number 1',
    'number 2',
    'number 3',
  ])
  second.say({ t: 'said', n: 4, of: 'pbx', said: { what: 'event', event: { type: 'observed' } } } as never)
  expect(await second.next('refused')).toMatchObject({ code: 'invalid' })
})

test('whoever is in proves it again, and is sent away where it does not', async () => {
  await enrol()
  const door = await openDoor()
  const { ends } = listen(door)
  const site = connect(door)
  await site.hello(at, keys)
  await site.next('welcome')
  await pass(site, sessionMs)
  await prove(site)
  await pass(site, sessionMs)
  await site.next('challenge')
  expect(ends).toEqual([])
  await pass(site, proofMs)
  expect(await site.next('refused')).toMatchObject({ code: 'later' })
})

test('a site that was cut off for longer than any proof holds comes back with its key; nothing has to be renewed by anybody', async () => {
  await enrol()
  const door = await openDoor()
  const site = connect(door)
  await site.hello(at, keys)
  await site.next('welcome')
  site.close()
  world.clock.advance(100 * sessionMs)
  const again = connect(door)
  await again.hello(at, keys)
  await again.next('welcome')
})

test('a revocation that went past the hub ends the link: at the next proof, and where it came while the site was let in', async () => {
  await enrol()
  const door = await openDoor()
  const { links, ends } = listen(door)
  const site = connect(door)
  await site.hello(at, keys)
  await site.next('welcome')
  await pass(site, sessionMs)
  await prove(site)
  await pass(site, sessionMs)
  // Elsewhere: nobody tells this door.
  await world.book.revoke('contoso', 'office', 'anna')
  expect(ends).toEqual([])
  await prove(site)
  expect(await site.next('refused')).toMatchObject({ code: 'revoked' })
  expect(ends).toHaveLength(1)

  await enrol()
  const { find } = world.book
  let looks = 0
  // Between what the door reads of the site and the link that a revocation would end.
  world.book.find = async (...place) => {
    const row = await find.apply(world.book, place)
    looks += 1
    if (looks === 1) await world.book.revoke('contoso', 'office', 'anna')
    return row
  }
  const next = connect(door)
  await next.hello(at, keys)
  expect(await next.next('refused')).toMatchObject({ code: 'revoked' })
  expect(links).toHaveLength(2)
  expect(door.links.find('contoso', 'office')).toBeUndefined()
})

test('a site that is enrolled anew with another key is not renewed with the former one', async () => {
  await enrol()
  const door = await openDoor()
  const site = connect(door)
  await site.hello(at, keys)
  await site.next('welcome')
  await pass(site, sessionMs)
  const former = keys
  keys = makeKeys()
  await enrol()
  await prove(site, former)
  expect(await site.next('refused')).toMatchObject({ code: 'superseded' })
  expect(door.links.find('contoso', 'office')).toBeUndefined()
})

test('a write that comes late, or twice, is not begun', async () => {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const answers: unknown[] = []
  sockets.on('connection', (socket) => {
    const say = (frame: HubFrame) => socket.send(JSON.stringify(frame))
    say({ t: 'challenge', nonce: 'n', protocol: 1, version: '1.2.3' })
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as { readonly t: string }
      if (frame.t === 'answer') answers.push(frame)
      if (frame.t !== 'hello') return
      // Another machine, whose clock began at another time.
      say({ t: 'welcome', after: 0, at: 5_000_000, connectors: ['pbx'] })
      const ask = { t: 'ask', of: 'pbx', lifeMs: 3_000, ask: { what: 'directory' } } as const
      say({ ...ask, id: 1, at: 5_000_000 - 8_000 })
      say({ ...ask, id: 2, at: 5_000_000 + 60_000 })
      say({ ...ask, id: 2, at: 5_000_000 + 60_000 })
    })
  })
  const uplink = new Uplink({
    urls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
    ...{ ...at, secret: keys.secret, run: 'run-1', version: '1.2.2', outbox: new Outbox() },
    ...{ clock: world.clock, log: createLog({ level: 'silent' }), random: () => 0 },
    handler: {
      ask: async (_of, _ask, isLate) => (isLate() ? 'late' : 'in time'),
      ...{ tell() {}, connected() {}, cut() {} },
    },
  })
  uplink.start()
  await until(() => answers.length === 2, 'both answers')
  expect(answers).toEqual([
    { t: 'answer', id: 1, value: 'late' },
    { t: 'answer', id: 2, value: 'in time' },
  ])
  uplink.stop()
  sockets.close()
  server.close()
})

test('a site whose version is too far away goes on by itself, and comes again until one of the two was brought up to date', async () => {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  let protocol = protocolVersion + 2
  let greeted = 0
  sockets.on('connection', (socket) => {
    const say = (frame: HubFrame) => socket.send(JSON.stringify(frame))
    say({ t: 'challenge', nonce: 'n', protocol, version: '9.0.0' })
    socket.on('message', () => say({ t: 'welcome', after: 0, at: 0, connectors: ['pbx'] }))
    socket.on('close', () => {
      greeted += 1
    })
  })
  const lines: string[] = []
  let sentAway = false
  const uplink = new Uplink({
    urls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
    ...{ ...at, secret: keys.secret, run: 'run-1', version: '1.2.2', outbox: new Outbox() },
    ...{ clock: world.clock, random: () => 0 },
    log: createLog({ level: 'info', pretty: false, destination: { write: (line) => void lines.push(line) } }),
    handler: { ask: async () => undefined, ...{ tell() {}, connected() {}, cut() {} } },
  })
  void uplink.refused.then(() => {
    sentAway = true
  })
  uplink.start()
  await until(() => greeted === 1, 'the first attempt to end')
  expect(lines.join('')).toContain('Bring the older of the two (hub 9.0.0, site 1.2.2) up to date')
  protocol = protocolVersion + 1
  await until(() => {
    world.clock.advance(10_000)
    return uplink.isConnected
  }, 'the site to be let in')
  expect(sentAway).toBe(false)
  uplink.stop()
  sockets.close()
  server.close()
})

test('a link that is held is cut, and dialled again only when all have let go', async () => {
  await enrol()
  const door = await openDoor()
  const { links, ends } = listen(door)
  const uplink = new Uplink({
    urls: [door.url],
    ...{ ...at, secret: keys.secret, run: 'run-1', version: '1.2.2', outbox: new Outbox() },
    ...{ clock: world.clock, log: createLog({ level: 'silent' }), random: () => 0 },
    handler: { ask: async () => undefined, ...{ tell() {}, connected() {}, cut() {} } },
  })
  uplink.start()
  await until(() => links.length === 1, 'the site to connect')
  const goOn = uplink.hold('the test')
  const goOnToo = uplink.hold('the test, once more')
  await until(() => ends.length === 1, 'the link to end')
  goOn()
  goOn()
  world.clock.advance(60_000)
  expect(uplink.isConnected).toBe(false)
  expect(links).toHaveLength(1)
  goOnToo()
  await until(() => links.length === 2, 'the site to come again')
  uplink.stop()
})

test('with several hubs a site that reaches the wrong one is passed on, and comes again when its tenant moves', async () => {
  await enrol()
  let owner = 'two'
  const one = await openDoor('one', () => (owner === 'one' ? ['contoso'] : []))
  const two = await openDoor('two', () => (owner === 'two' ? ['contoso'] : []))
  const there = listen(two)
  const site = connect(one)
  await site.hello(at, keys)
  await site.next('welcome')
  expect(one.links.find('contoso', 'office')).toBeUndefined()
  await until(() => there.links.length === 1, 'the link to be at the other hub')
  site.say({ t: 'said', n: 1, of: 'pbx', said: health('from afar') })
  await until(() => there.heard.length === 1, 'the other hub to hear it')
  const asked = there.links[0]!.ask('pbx', { what: 'directory' }, { withinMs: 10_000 })
  const { id } = await site.next('ask')
  site.say({ t: 'answer', id, value: ['anna'] })
  expect(await asked).toEqual(['anna'])
  owner = 'one'
  two.links.drop('contoso')
  expect(await site.next('refused')).toMatchObject({ code: 'later' })
  await until(() => site.closed, 'the socket to be closed')
  const here = listen(one)
  const again = connect(two)
  await again.hello(at, keys)
  await again.next('welcome')
  await until(() => here.links.length === 1, 'the link to be at the first hub')
  again.close()
  await until(() => here.ends.length === 1, 'the end to come through')
})

test('a site that comes while a hub begins with its tenant comes again; it is not sent away for good', async () => {
  await enrol()
  const here: string[] = []
  const door = await world.openDoor(
    'one',
    () => here,
    () => ['contoso'],
  )
  doors.push(door)
  const early = connect(door)
  await early.hello(at, keys)
  expect(await early.next('refused')).toMatchObject({ code: 'later' })
  here.push('contoso')
  const again = connect(door)
  await again.hello(at, keys)
  await again.next('welcome')
})
