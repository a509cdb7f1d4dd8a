import { afterEach, describe, expect, test } from 'vitest'
import type { Role } from '../../src/lab/microsoft/application.ts'
import { sample, sampleTenant } from '../../src/lab/sample.ts'
import { type DutyWorld, startDutyWorld } from './duty-world.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'

const minute = 60_000
const settledMs = 17_000

let world: DutyWorld
afterEach(() => world.stop())

const [application] = sampleTenant().applications

/** What an administrator has consented to from now on: the application's tokens of before hold no longer. */
function consentTo(roles: readonly Role[]): void {
  world.lab.entra.register(sample.entraTenantId, { ...application!, roles })
  world.lab.faults.add({ target: 'entra', kind: 'revoke-tokens' })
}

const healthOfTeams = async () => {
  const { body } = await world.call('/connectors')
  return (body.connectors as { id: string; health: Record<string, string> }[]).find(
    ({ id }) => id === 'teams',
  )!.health
}
const alerts = async () =>
  (await world.call('/alerts')).body.alerts as { kind: string; title: string; text: string; fix: string }[]
const isUp = async () => (await healthOfTeams()).state === 'up'

/** Time passes until it is so; what a busy machine delivers late still counts. */
async function passUntil(look: () => Promise<boolean>, what: string, ms: number): Promise<void> {
  for (let passed = 0; passed < ms && !(await look()); passed += 5_000) await world.pass(5_000)
  await world.passUntil(look, what, 1_000)
}

const isNamed = async () => (await alerts()).some(({ kind }) => kind === 'signIn')

/** A Teams call silences Chiara's phone, her choice Anna's; Ben is on a call. */
async function live(): Promise<void> {
  world = await startDutyWorld({
    stopped: true,
    alerts: {},
    links: [
      { from: 'pbx', to: 'teams' },
      { from: 'teams', to: 'pbx', preset: 'netsapiens' },
    ],
  })
  const { pass, passUntil, person, phone } = world
  await pass(settledMs)
  person('anna').status(DND)
  person('chiara').client(IN_A_CALL)
  phone('1002').dial()
  const isSilent = () => phone('1001').dnd() === 'on' && phone('1003').dnd() === 'on'
  await passUntil(() => isSilent() && person('ben').shown() === IN_A_CALL, 'all to be shown', 10_000)
  await pass(settledMs)
}

const dnd = (...extensions: readonly string[]) => extensions.map((extension) => world.phone(extension).dnd())

describe('an administrator takes the consent away', () => {
  test('G-10, CT-08: the alert names it at once; no call keeps a phone silent, a choice is told of; all clear when it is back', async () => {
    await live()
    const { pass, person, phone, passUntil: passTo } = world
    consentTo([])
    await passUntil(isNamed, 'the alert', minute)
    const [alert] = await alerts()
    expect(`${alert!.title} ${alert!.text} ${alert!.fix}`).toMatch(
      /Microsoft Teams.*lacks a permission.*Presence.*Grant admin consent/s,
    )

    // Meanwhile everybody is done with it, and nobody can hear that.
    person('anna').status(null)
    person('chiara').client(FREE)
    phone('1002').hangup()
    await passTo(
      () => phone('1003').dnd() === 'off',
      'the phone silenced by a call to ring again',
      16 * minute,
    )
    const annas = 'Take it back with: hookswitch release anna@contoso.example'
    const isTold = async () => {
      const stale = (await alerts()).filter(({ kind }) => kind === 'staleWrite')
      return stale.length === 1 && stale[0]!.fix === annas && stale[0]!.text.includes('cannot be heard')
    }
    await passUntil(isTold, 'the do not disturb whose cause is not sure to be told of', minute)
    // What is shown in Teams runs out by itself.
    await passTo(() => person('ben').shown() === FREE, 'the session to run out', 15 * minute)
    expect(dnd('1001', '1003')).toEqual(['on', 'off'])

    consentTo(application!.roles)
    await passUntil(isUp, 'Teams to be up again', 15 * minute)
    await passTo(() => phone('1001').dnd() === 'off', 'what was taken back to be followed', minute)
    await passUntil(async () => (await alerts()).length === 0, 'the all-clear', minute)
    await pass(settledMs)
    expect([person('anna').shown(), person('ben').sessions(), ...dnd('1001', '1003')]).toEqual([
      ...[FREE, 0],
      ...['off', 'off'],
    ])
  })

  test('G-10: refused by Entra itself (AADSTS65001): named as such, and over when it is granted', async () => {
    await live()
    world.lab.faults.add({ target: 'entra', kind: 'status', status: 400, code: 65001 })
    world.lab.faults.add({ target: 'entra', kind: 'revoke-tokens' })
    await passUntil(isNamed, 'the alert', minute)
    const [alert] = await alerts()
    expect(`${alert!.title} ${alert!.text} ${alert!.fix}`).toMatch(
      /has not consented.*65001.*Grant admin consent/s,
    )
    world.lab.faults.clear()
    await passUntil(isUp, 'Teams to be up again', 15 * minute)
    await passUntil(async () => (await alerts()).length === 0, 'the all-clear', minute)
    expect(dnd('1001', '1003')).toEqual(['on', 'on'])
  })
})

test('CT-08, CT-10, VO-20: before there is consent Teams is shown as blocked by just that, afterwards as up, with how many people it reads', async () => {
  world = await startDutyWorld({ stopped: true, alerts: {} })
  // Nobody has been found by name yet: as on the first day.
  consentTo([])
  await passUntil(isNamed, 'the alert', minute)
  expect(await healthOfTeams()).toMatchObject({
    state: expect.stringMatching(/^(degraded|down)$/),
    detail: expect.stringContaining('lacks a permission'),
    fix: expect.stringContaining('Grant admin consent'),
  })
  consentTo(application!.roles)
  const isRead = async () => {
    const { state, detail } = await healthOfTeams()
    return state === 'up' && /^12 people/.test(detail ?? '')
  }
  await passUntil(isRead, 'Teams to be up and everybody to be read', 5 * minute)
  await passUntil(async () => (await alerts()).length === 0, 'the all-clear', minute)
})
