import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { type DutyOptions, type DutyWorld, startDutyWorld } from './duty-world.ts'
import { DND, FREE, upnOf } from './e2e/lab-people.ts'
import { until } from './support/child.ts'

const minute = 60_000
const settledMs = 17_000
const secret = `whsec_${Buffer.from('a key of twenty-four by').toString('base64')}`

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open(options: DutyOptions): Promise<DutyWorld> {
  const world = await startDutyWorld(options)
  closers.push(() => world.stop())
  return world
}

interface Mail {
  readonly from: string
  readonly to: readonly string[]
  readonly user: string | undefined
  readonly text: string
}

/** A real SMTP server that keeps what it gets. */
async function startMailbox(refuse: { recipients: boolean } = { recipients: false }) {
  const mails: Mail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      password === 'mail-password'
        ? done(null, { user: username ?? '' })
        : done(new Error('authentication failed')),
    onRcptTo: (_address, _session, done) => done(refuse.recipients ? new Error('not now') : null),
    onData: (stream, { envelope, user }, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        const to = envelope.rcptTo.map(({ address }) => address)
        const text = Buffer.concat(parts).toString().replaceAll('=\r\n', '')
        mails.push({ from, to, user: user as string | undefined, text })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  return { mails, port, refuse }
}

interface Posted {
  readonly id: string
  readonly type: string
  readonly raised: readonly { readonly kind: string; readonly title: string; readonly text: string }[]
  readonly cleared: readonly { readonly kind: string }[]
  readonly signed: boolean
}

/** A real HTTP server that answers with what it is told, and checks signatures. */
async function startReceiver() {
  const posts: Posted[] = []
  const answer = { status: 204 }
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts).toString()
    const { type, data } = JSON.parse(body)
    const id = String(request.headers['webhook-id'])
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    const content = `${id}.${request.headers['webhook-timestamp']}.${body}`
    const expected = `v1,${createHmac('sha256', key).update(content).digest('base64')}`
    posts.push({ id, type, ...data, signed: request.headers['webhook-signature'] === expected })
    response.writeHead(answer.status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  const { port } = server.address() as AddressInfo
  return { posts, answer, webhooks: [{ url: `http://127.0.0.1:${port}/in?key=hidden`, secret }] }
}

const mailTo = (port: number, more: object = {}) => ({
  ...{ host: '127.0.0.1', port, from: 'hub@contoso.example', to: ['it@contoso.example'] },
  ...more,
})

describe('alerts reach someone', () => {
  test('G-10: a connector that is down: one mail, and one more when it is up again', async () => {
    const { mails, port } = await startMailbox()
    const world = await open({
      alerts: { mail: mailTo(port, { user: 'hub', password: 'mail-password' }) },
    })
    world.lab.faults.add({ target: 'ami', kind: 'refuse' })
    await world.pass(4 * minute)
    expect([mails, (await world.call('/alerts')).body.alerts]).toEqual([[], []])
    await world.pass(2 * minute)
    await until(() => mails.length > 0, 'the mail')
    expect(mails[0]).toMatchObject({ from: 'hub@contoso.example', to: ['it@contoso.example'], user: 'hub' })
    expect(mails[0]!.text).toContain('Subject: Hookswitch: contoso/pbx')
    const { body } = await world.call('/alerts')
    expect(body.alerts).toMatchObject([{ kind: 'connectorDown', told: true, tenant: 'contoso' }])
    expect(body.channels).toMatchObject([{ name: `mail over 127.0.0.1:${port}`, waiting: 0 }])
    await world.pass(20 * minute)
    expect(mails).toHaveLength(1)

    world.lab.faults.clear()
    await world.passUntil(() => mails.length > 1, 'the all-clear', 5 * minute)
    expect(mails[1]!.text).toContain('all clear')
    expect((await world.call('/alerts')).body.alerts).toEqual([])
    expect(world.log.join('')).not.toContain('mail-password')
  })

  test('a receiver that is out of order gets the same message again, signed', async () => {
    const { posts, answer, webhooks } = await startReceiver()
    answer.status = 503
    const world = await open({ alerts: { webhooks, downAfter: 1 } })
    world.lab.faults.add({ target: 'ami', kind: 'refuse' })
    await world.passUntil(() => posts.length > 2, 'three attempts', 5 * minute)
    expect(new Set(posts.map(({ id }) => id)).size).toBe(1)
    expect(posts.every(({ signed }) => signed)).toBe(true)
    const [channel] = (await world.call('/alerts')).body.channels
    expect(channel).toMatchObject({ waiting: 1, trouble: expect.stringContaining('503') })
    expect(channel.name).not.toContain('hidden')
    // What waits outlives a restart of the hub.
    await world.restart().catch(() => {})
    answer.status = 204
    const before = posts.length
    await world.passUntil(() => posts.length > before, 'the next attempt', 20 * minute)
    expect(posts.at(-1)!.id).toBe(posts[0]!.id)
  })

  test('quiet hours hold everything back, then one digest tells it', async () => {
    const { mails, port } = await startMailbox()
    const wall = new Date()
    const at = (minutes: number) => new Date(wall.getTime() + minutes * minute).toISOString().slice(11, 16)
    const world = await open({
      alerts: {
        mail: mailTo(port),
        downAfter: 1,
        quietHours: { from: at(-5), to: at(20), timeZone: 'UTC' },
      },
    })
    world.lab.faults.add({ target: 'ami', kind: 'refuse' })
    await world.pass(5 * minute)
    expect((await world.call('/alerts')).body.alerts).toMatchObject([{ told: false }])
    world.lab.faults.clear()
    await world.pass(5 * minute)
    expect([mails, (await world.call('/alerts')).body.alerts]).toEqual([[], []])
    await world.passUntil(() => mails.length > 0, 'the digest', 15 * minute)
    expect(mails[0]!.text).toMatch(/Subject: Hookswitch, quiet hours: 0 open, 1 over/)
  })

  test('G-10: a refused sign-in is told at once, a mail server that refuses is tried again', async () => {
    const mailbox = await startMailbox({ recipients: true })
    const world = await open({ alerts: { mail: mailTo(mailbox.port) } })
    world.lab.faults.add({ target: 'entra', kind: 'expired-secret' })
    world.lab.faults.add({ target: 'graph', kind: 'revoke-tokens' })
    await world.passUntil(() => world.log.join('').includes('sender or recipient'), 'a refusal', minute)
    const { body } = await world.call('/alerts')
    expect(body.alerts).toMatchObject([{ kind: 'signIn', fix: expect.any(String) }])
    expect(body.channels).toMatchObject([{ waiting: 1, trouble: expect.stringContaining('refused') }])
    mailbox.refuse.recipients = false
    await world.passUntil(() => mailbox.mails.length > 0, 'the mail', 20 * minute)
    expect(mailbox.mails[0]!.text).toMatch(/Subject: .*contoso\/teams.*cannot\s+sign in/)
  })
})

test('G-10: a do not disturb of ours that cannot be taken back is told, with the command that does it', async () => {
  const { posts, webhooks } = await startReceiver()
  const world = await open({ alerts: { webhooks, staleAfter: 2, downAfter: 60 } })
  const [teams, desk] = [world.person('anna'), world.phone('1001')]
  await world.pass(settledMs)
  teams.status(DND)
  await world.passUntil(() => desk.dnd() === 'on', 'the phone to follow', 10_000)
  world.lab.faults.add({ target: 'ami', kind: 'refuse' })
  await world.pass(settledMs)
  teams.status(null)
  await world.passUntil(() => posts.length > 0, 'the alert', 5 * minute)
  expect(posts[0]!.raised).toMatchObject([
    { kind: 'staleWrite', fix: `Take it back with: hookswitch release ${teams.upn}` },
  ])
  world.lab.faults.clear()
  await world.passUntil(() => desk.dnd() === 'off', 'it to be taken back', 5 * minute)
  await world.passUntil(() => posts.some(({ cleared }) => cleared.length > 0), 'the all-clear', 2 * minute)
})

describe('a second writer', () => {
  test('G-01: three contradicted writes within two minutes stop the fourth, and are told with both values', async () => {
    const { posts, webhooks } = await startReceiver()
    const world = await open({ alerts: { webhooks }, switches: { readLagMs: 0 } })
    const [teams, desk] = [world.person('anna'), world.phone('1001')]
    await world.pass(settledMs)
    let writes = 0
    // The vendor's own connector: whenever do not disturb is set on the phone, it takes it away and sets Teams again.
    const meddle = async () => {
      await world.passUntil(() => desk.dnd() === 'on', 'our write', 20_000)
      writes += 1
      await world.pass(1000)
      desk.pressDnd(false)
      await world.passUntil(() => teams.preferred() === undefined, 'the other way', 20_000)
      await world.pass(settledMs)
      teams.status(DND)
    }
    teams.status(DND)
    for (let round = 0; round < 3; round++) await meddle()
    await world.pass(minute, () => expect(desk.dnd()).toBe('off'))
    expect(writes).toBe(3)
    expect(world.target('anna', 'pbx')).toMatchObject({
      status: 'contested',
      detail: expect.stringContaining('doNotDisturb/doNotDisturb was changed to available/available 3 times'),
    })
    await until(() => posts.length > 0, 'the alert')
    expect(posts[0]!.raised).toMatchObject([
      { kind: 'contested', text: expect.stringMatching(/at .* we wrote .* it showed .*Likely/) },
    ])
    // After a quarter of an hour it is tried again.
    await world.passUntil(() => desk.dnd() === 'on', 'the end of the rest', 16 * minute)
    await world.passUntil(() => posts.some(({ cleared }) => cleared.length > 0), 'the all-clear', minute)
  })

  test('a second hub with the same application is named when it clears the sessions of several people', async () => {
    const { posts, webhooks } = await startReceiver()
    const world = await open({ alerts: { webhooks } })
    const phones = ['1001', '1002', '1003'].map((extension) => world.phone(extension))
    for (const phone of phones) phone.dial()
    await world.pass(settledMs)
    for (const name of ['anna', 'ben', 'chiara']) {
      const { tenant, person } = world.lab.people.find(world.person(name).upn)!
      expect(person.inputs.apps).toHaveLength(1)
      tenant.setClient(person, null)
      tenant.clearSession(person, person.inputs.apps[0]!.id)
    }
    await world.passUntil(() => posts.length > 0, 'the alert', 2 * minute)
    expect(posts[0]!.raised).toMatchObject([{ kind: 'sharedSession' }])
    expect(posts[0]!.raised[0]!.text).toContain('3 people')
  })

  test('a second hub with the same application is named in a tenant of one person as well', async () => {
    const { posts, webhooks } = await startReceiver()
    const people = [{ upn: upnOf('anna'), addresses: { pbx: ['1001'] } }]
    const world = await open({ alerts: { webhooks }, people })
    const desk = world.phone('1001')
    const { tenant, person } = world.lab.people.find(upnOf('anna'))!
    // A call every three minutes, so that the three are no contest, which needs two minutes.
    for (let call = 0; call < 3; call++) {
      expect(posts).toEqual([])
      tenant.setClient(person, FREE)
      desk.dial()
      await world.passUntil(() => person.inputs.apps.length === 1, 'the session', minute)
      await world.pass(settledMs)
      tenant.setClient(person, null)
      tenant.clearSession(person, person.inputs.apps[0]!.id)
      await world.pass(minute)
      desk.hangup()
      await world.pass(2 * minute - settledMs)
    }
    await world.passUntil(() => posts.length > 0, 'the alert', 2 * minute)
    expect(posts[0]!.raised).toMatchObject([
      { kind: 'sharedSession', text: expect.stringContaining('one person') },
    ])
  })
})
