import { afterEach, expect, test } from 'vitest'
import { startWebex, type WebexOptions } from '../../src/lab/webex/server.ts'
import { type LabConfig, startLabHub } from './e2e/lab-hub.ts'
import { callOf, DND, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { followBothWays, loseInMidCall, releaseOneOfTwo, settledMs } from './scenarios/phone-system.ts'

const startWorld = (change: (config: LabConfig) => void = () => {}, options: Partial<WebexOptions> = {}) =>
  startLabHub('webex', (world) => startWebex({ ...world, ...options }), change)

let world: Awaited<ReturnType<typeof startWorld>>
afterEach(() => world.stop())

/** Writes of do not disturb that reached Webex. */
const writes = () =>
  world.lab.requests
    .since(0)
    .filter(({ method, path }) => method === 'PUT' && path.endsWith('/doNotDisturb'))
    .map(({ body }) => (body as { enabled: boolean }).enabled)

const teamsCalls = (name: string) => teamsWrites(world.lab, 0, world.person(name).upn).map(callOf)

test('UN-05: a call in Webex is In a call in Teams; at its end what was there before comes back', async () => {
  world = await startWorld()
  const { phones, passUntil, pass, person } = world
  const david = person('david')
  expect(david.shown()).toBe('Away/Away')
  phones.start({ extension: '1004', direction: 'inbound', answer: false })
  await pass(settledMs, () => expect(david.shown()).toBe('Away/Away'))
  phones.answer('1004')
  await passUntil(() => david.shown() === IN_A_CALL, 'In a call', 10_000)
  phones.hold('1004', true)
  await pass(settledMs, () => expect(david.shown()).toBe(IN_A_CALL))
  phones.hangup('1004')
  await passUntil(() => david.shown() === 'Away/Away', 'Away again', 10_000)
  await pass(settledMs)
  expect(david.shown()).toBe('Away/Away')
  expect(teamsCalls('david')).toEqual(['setPresence', 'clearPresence'])
  expect(writes()).toEqual([])
})

test('do not disturb goes both ways and is cleared on either side', async () => {
  world = await startWorld()
  const { system } = world
  system.accounts.more('1001').webexGoOverrideEnabled = true
  await followBothWays(world, { phone: 10_000, teams: 15_000 })
  expect(writes()).toEqual([true, false, true])
  expect(system.accounts.more('1001').webexGoOverrideEnabled).toBe(true)
})

test('whoever consents in the browser is shown in a call by a webhook, through the hub’s own address', async () => {
  world = await startWorld((config) => {
    for (const one of config.tenants[0]!.connectors) if (one.type === 'webex') one.pollSeconds = 600
  })
  const { hub, phones, passUntil, pass, person, system, log } = world
  const page = await fetch(`${hub().url}/hooks/contoso/pbx/consent`)
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Thank you')])
  await passUntil(() => system.webhooks.of('1001').length === 1, 'the webhook', 10_000)
  const anna = person('anna')
  phones.start({ extension: '1001' })
  await passUntil(() => anna.shown() === IN_A_CALL, 'In a call', 5_000)
  await pass(settledMs)
  phones.hangup('1001')
  await passUntil(() => anna.shown() === FREE, 'Available again', 5_000)
  expect(log.join('')).not.toMatch(/lab-code|lab-access|lab-refresh/)
})

test('G-02: Webex cannot be reached in mid-call: the call stays, and what became of it counts when it is back', async () => {
  world = await startWorld()
  await loseInMidCall(world, {
    refuse: (on) => world.system.refuse(on),
    within: { call: 10_000, loss: 300_000, back: 90_000 },
  })
})

test('G-02: do not disturb that has no end is taken back: by release, and after a restart', async () => {
  world = await startWorld()
  const { passUntil, person, dnd } = world
  await releaseOneOfTwo(world, 10_000)

  await world.stopHub()
  person('anna').status(null)
  expect(dnd('1001')).toBe(true)
  await world.startHub()
  await passUntil(() => !dnd('1001'), 'what is no longer wanted to be taken back', 60_000)
})

test('UN-21: while Webex keeps presence in step with Teams itself, nothing is set there, and what was set is taken back', async () => {
  world = await startWorld((config) => {
    config.tenants[0]!.people.splice(2)
  })
  const { pass, passUntil, person, dnd, system, hub } = world
  person('anna').status(DND)
  await passUntil(() => dnd('1001'), 'Webex to follow', 10_000)
  await pass(settledMs)
  system.settings.presenceSync = true
  const told = () =>
    hub()
      .port.connectors()
      .find(({ id }) => id === 'pbx')!.health.detail ?? ''
  await passUntil(() => told().includes('PRESENCE_SYNC'), 'health to name the switch', 11 * 60_000)
  person('ben').status(DND)
  await pass(30_000)
  expect(dnd('1002')).toBe(false)
  person('anna').status(null)
  await passUntil(() => !dnd('1001'), 'what was set to be taken back', 10_000)
  system.settings.presenceSync = false
  await passUntil(() => dnd('1002'), 'writing to go on when the switch is off', 20 * 60_000)
})

test('UN-04, UN-19, UN-21: with teamsSync: vendor a link between Webex and Teams is refused', async () => {
  world = await startWorld()
  await world.stopHub()
  const byVendor = (config: LabConfig) => {
    for (const one of config.tenants[0]!.connectors) if (one.type === 'webex') one.teamsSync = 'vendor'
  }
  await expect(world.startHub(byVendor)).rejects.toThrow(/teamsSync: vendor/)
})

test('the app beside the phones: presenting silences Teams by the default rules, and do not disturb does not keep itself alive through the app', async () => {
  world = await startWorld((config) => {
    const tenant = config.tenants[0]!
    const { url, clientId, clientSecret, refreshToken } = tenant.connectors.find(
      ({ type }) => type === 'webex',
    )!
    const account = { url, clientId, clientSecret, refreshToken }
    tenant.connectors.push({ id: 'app', type: 'webex-presence', ...account, presenceSeconds: 5 })
    tenant.people.splice(3)
    for (const one of tenant.people) {
      const addresses = one.addresses as Record<string, unknown>
      addresses.app = addresses.pbx
    }
    tenant.links.push({ from: 'app', to: 'teams' })
  })
  const { pass, passUntil, person, dnd, system } = world
  const anna = person('anna')
  system.accounts.setStatus('1001', 'presenting')
  await passUntil(() => anna.shown() === DND, 'presenting to silence Teams', 15_000)
  await pass(settledMs)
  system.accounts.setStatus('1001', 'active')
  await passUntil(() => anna.shown() === FREE, 'Available again', 15_000)
  await pass(settledMs)

  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow', 10_000)
  await pass(60_000, () => expect(dnd('1001')).toBe(true))
  anna.status(null)
  await passUntil(() => !dnd('1001'), 'the phone to follow back', 10_000)
  await pass(60_000, () => expect(dnd('1001')).toBe(false))
  expect(anna.shown()).toBe(FREE)
})
