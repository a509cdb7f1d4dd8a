import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type ConsentWorld, startConsentWorld, Traveller } from './consent-world.ts'
import { FREE, IN_A_CALL } from './e2e/lab-people.ts'

let world: ConsentWorld
afterEach(() => world.stop())

const anna = '/people/anna@contoso.example'
const settledMs = 17_000

async function start(
  consent: 'optIn' | 'paired',
  roles?: readonly ('Presence.Read.All' | 'User.ReadBasic.All')[],
) {
  world = await startConsentWorld((config) => {
    Object.assign(config.tenants[0]!, { consent })
  }, roles && { application: { roles } })
  await world.passUntil(
    () =>
      world
        .hub()
        .port.people()
        .every(({ systems }) => systems.every(({ synced }) => synced)),
    'everyone to be heard',
  )
  await world.pass(settledMs)
}

test('X-18, CT-09, CT-13, CT-14: by optIn nothing happens for a person until they switch it on; off takes back within seconds', async () => {
  await start('optIn')
  const { person, phone, pass, passUntil, call, writes } = world
  phone('1001').dial()
  phone('1002').dial()
  await pass(10_000)
  expect([writes('anna'), writes('ben'), person('anna').shown()]).toEqual([0, 0, FREE])

  const on = await call(`${anna}/consent`, { method: 'PUT', body: { on: true } })
  expect(on.body).toMatchObject({ mode: 'optIn', agreed: true, switch: { on: true, by: 'local' } })
  await passUntil(() => person('anna').shown() === IN_A_CALL, 'the call to be shown', 5_000)
  expect(writes('ben')).toBe(0)

  // It is kept in the store.
  await world.restart()
  expect((await call(`${anna}/consent`)).body).toMatchObject({ agreed: true, switch: { on: true } })
  await passUntil(() => person('anna').shown() === IN_A_CALL, 'the call to be shown still', 30_000)
  await pass(settledMs)

  await call(`${anna}/consent`, { method: 'PUT', body: { on: false } })
  await passUntil(() => person('anna').shown() === FREE, 'what was written to be taken back', 5_000)
  expect(person('anna').sessions()).toBe(0)

  const all = await call('/consent/people', {
    method: 'POST',
    body: { tenant: 'contoso', on: true, people: 'all' },
  })
  expect(all.body.people).toHaveLength(12)
  await passUntil(
    () => person('anna').shown() === IN_A_CALL && person('ben').shown() === IN_A_CALL,
    'both to be followed',
    5_000,
  )
  expect((await call('/consent?tenant=contoso')).body).toMatchObject({ people: { all: 12, agreed: 12 } })
  const { body } = await call('/audit?tenant=contoso')
  const told = (body.entries as { what: string; about: string }[]).map(
    ({ what, about }) => `${what} ${about}`,
  )
  expect(told).toEqual(
    expect.arrayContaining([
      'person.optIn anna@contoso.example',
      'person.optOut anna@contoso.example',
      'person.optIn *',
    ]),
  )
})

test('X-18, UN-18, VO-08, VO-18..21: by paired Teams is written with the sign-in of the person alone, whose token may be revoked', async () => {
  // The application itself may only read.
  await start('paired', ['Presence.Read.All', 'User.ReadBasic.All'])
  const { lab, person, phone, pass, passUntil, call, writes } = world
  const tokens: string[] = []
  const issue = lab.entra.signIns.issue.bind(lab.entra.signIns)
  lab.entra.signIns.issue = (of) => {
    const token = issue(of)
    tokens.push(token)
    return token
  }
  const stateOf = async () => (await call(`${anna}/consent`)).body.pairing?.state
  phone('1001').dial()
  await pass(10_000)
  expect(writes('anna')).toBe(0)
  // Teams is read for everyone: a Teams call silences a phone as before.
  person('ben').teamsCall(true)
  await pass(10_000)
  expect((await call(`${anna}/consent`)).body).toMatchObject({ mode: 'paired', agreed: false, canPair: true })

  const browser = new Traveller(world.base)
  const wrong = await browser.go(await browser.leave(`${anna}/pairing`), 'ben@contoso.example')
  expect(wrong.status).toBe(409)
  expect(wrong.text).toContain(
    'You signed in as ben@contoso.example, but anna@contoso.example is another account',
  )
  const declined = await browser.go(await browser.leave(`${anna}/pairing`), '')
  expect(declined.text).toContain('The consent to the permissions')
  expect([await stateOf(), writes('anna')]).toEqual([undefined, 0])

  const right = await browser.go(await browser.leave(`${anna}/pairing`), 'anna@contoso.example')
  expect([right.status, right.text]).toEqual([
    200,
    expect.stringContaining('You signed in as anna@contoso.example'),
  ])
  await passUntil(() => person('anna').shown() === IN_A_CALL, 'the call to be shown', 5_000)
  expect(await stateOf()).toBe('green')

  // Sealed: nobody finds it in the database. Kept: a restart goes on.
  const kept = readdirSync(world.data)
    .filter((name) => name !== 'secret.key' && statSync(join(world.data, name)).isFile())
    .map((name) => readFileSync(join(world.data, name), 'latin1'))
    .join('')
  expect([kept.includes('hs1:'), tokens.length > 0, tokens.filter((one) => kept.includes(one))]).toEqual([
    true,
    true,
    [],
  ])
  expect(tokens.filter((one) => world.log.join('').includes(one))).toEqual([])
  await world.restart()
  await passUntil(async () => (await stateOf()) === 'green', 'the sign-in to be known still')
  await pass(settledMs)

  // Entra is away: amber, and green again.
  phone('1001').hangup()
  await passUntil(() => person('anna').shown() === FREE, 'the call to be over', 20_000)
  lab.faults.add({ target: 'entra', kind: 'status', status: 503, code: 90033 })
  lab.faults.add({ target: 'entra', kind: 'revoke-tokens' })
  phone('1001').dial()
  await passUntil(async () => (await stateOf()) === 'amber', 'amber')
  expect((await call(`${anna}/consent`)).body.pairing.trouble).toMatchObject({ since: expect.any(Number) })
  lab.faults.clear()
  await passUntil(async () => (await stateOf()) === 'green', 'green again', 10 * 60_000)
  await passUntil(() => person('anna').shown() === IN_A_CALL, 'the call to be shown after all', 5 * 60_000)
  phone('1001').hangup()
  await passUntil(() => person('anna').shown() === FREE, 'it to be over', 20_000)

  // An administrator revokes the sessions: red, and nothing more is written.
  await fetch(`${lab.controlUrl}/lab/teams/anna@contoso.example/revoke`, { method: 'POST' })
  phone('1001').dial()
  await passUntil(async () => (await stateOf()) === 'red', 'red')
  const { pairing, agreed } = (await call(`${anna}/consent`)).body
  expect([agreed, pairing.trouble.words]).toEqual([false, expect.stringContaining('revoked')])
  const before = writes('anna')
  await pass(60_000)
  expect([writes('anna'), person('anna').shown()]).toEqual([before, FREE])

  // Signed in again, then unpaired: what was written goes, and nothing is left.
  await browser.go(await browser.leave(`${anna}/pairing`), 'anna@contoso.example')
  await passUntil(() => person('anna').shown() === IN_A_CALL, 'the call to be shown again', 2 * 60_000)
  await call(`${anna}/pairing`, { method: 'DELETE' })
  await passUntil(() => person('anna').shown() === FREE, 'it to be taken back', 10_000)
  await pass(30_000)
  expect((await call(`${anna}/consent`)).body).toMatchObject({ agreed: false })
  expect((await call(`${anna}/consent`)).body).not.toHaveProperty('pairing')
})
