import { Connection, Event } from 'drachtio-modesl'
import { afterEach, expect, test } from 'vitest'
import { labDomain } from '../../src/lab/freeswitch/server.ts'
import { startSwitch } from './freeswitch-world.ts'
import { until } from './support/child.ts'

const closers: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** The emulated FreeSWITCH with a client of others (drachtio-modesl) that has signed in. */
async function signIn() {
  const world = await startSwitch()
  closers.push(() => world.system.stop())
  const { host, port = 0, password } = world.config
  const client = await new Promise<Connection>((resolve) => {
    const made: Connection = new Connection(host, port, password, () => resolve(made))
  })
  closers.push(() => client.disconnect())
  const api = (command: string, args = '') =>
    new Promise<string>((resolve) => client.api(command, args, (answer) => resolve(answer.getBody())))
  const listen = (format: 'plain' | 'json', names: readonly string[]) =>
    new Promise<string | null>((resolve) =>
      client.events(format, names, (answer) => resolve(answer.getHeader('Reply-Text'))),
    )
  return { ...world, client, api, listen }
}

test('a client of others signs in and asks; what FreeSWITCH does not know is an error', async () => {
  const { client, api, listen, phones } = await signIn()
  expect(await api('version')).toContain('FreeSWITCH Version 1.10')
  expect(await api('user_exists', `id 1001 ${labDomain}`)).toBe('true')
  expect(await api('no_such_command')).toContain('-ERR no_such_command')
  await listen('json', ['BACKGROUND_JOB'])
  const shown = () =>
    new Promise<readonly unknown[]>((resolve, reject) =>
      client.show('channels', 'json', (error, { rows }) => (error ? reject(error) : resolve(rows))),
    )
  expect(await shown()).toEqual([])
  phones.start({ extension: '1001', direction: 'inbound', to: '+14255550100' })
  expect(await shown()).toMatchObject([
    { name: 'sofia/external/+14255550100', direction: 'inbound', callstate: 'ACTIVE' },
    { presence_id: `1001@${labDomain}`, direction: 'outbound', callstate: 'ACTIVE' },
  ])
})

test.each(['json', 'plain'] as const)(
  'in %s, a client of others hears of calls, of an event of a module, and of the end of a job',
  async (format) => {
    const { client, listen, phones, system } = await signIn()
    const states: string[] = []
    const custom: string[] = []
    client.on('esl::event::CHANNEL_CALLSTATE::**', (event) => {
      states.push(`${event.getHeader('Channel-Presence-ID')} ${event.getHeader('Channel-Call-State')}`)
    })
    client.on('esl::event::CUSTOM::**', (event) => custom.push(event.getHeader('Event-Subclass') ?? ''))
    expect(await listen(format, ['CHANNEL_CALLSTATE', 'BACKGROUND_JOB', 'CUSTOM', 'hookswitch::dnd'])).toBe(
      `+OK event listener enabled ${format}`,
    )
    phones.start({ extension: '1001', direction: 'inbound', to: '+14255550100', answer: false })
    phones.answer('1001')
    phones.hangup('1001')
    await until(() => states.includes(`1001@${labDomain} HANGUP`), 'the end of the call')
    expect(states[0]).toBe(`1001@${labDomain} RINGING`)
    expect(states).toContain(`1001@${labDomain} ACTIVE`)
    system.fire('CUSTOM', { 'Event-Subclass': 'hookswitch::dnd', user: '1001' })
    await until(() => custom.length === 1, 'the event')
    const job = await new Promise<Event>((resolve) => client.bgapi('version', '', resolve))
    expect(job.getBody()).toContain('FreeSWITCH Version')
  },
)

test('a client of others lights a lamp with an event of its own', async () => {
  const { client, system } = await signIn()
  const event = new Event('PRESENCE_IN')
  const headers = { proto: 'sip', from: `1001@${labDomain}`, login: 'internal', status: 'In a call' }
  for (const [name, value] of Object.entries({ ...headers, 'answer-state': 'confirmed' })) {
    event.addHeader(name, value)
  }
  const reply = await new Promise<string | null>((resolve) =>
    client.sendEvent(event, (answer) => resolve(answer.getHeader('Reply-Text'))),
  )
  expect(reply).toMatch(/^\+OK [0-9a-f-]{36}$/)
  expect(system.lamp('1001')).toBe('In a call')
})

test('a client of others with the wrong password is told so', async () => {
  const { system, config } = await startSwitch()
  closers.push(() => system.stop())
  const client = new Connection(config.host, config.port ?? 0, 'wrong')
  const refusal = await new Promise<Event>((resolve) =>
    client.on('esl::event::auth::fail', (event) => {
      // Else it would come back.
      client.disconnect()
      resolve(event)
    }),
  )
  expect(refusal.getHeader('Reply-Text')).toBe('-ERR invalid')
})
