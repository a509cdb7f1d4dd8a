import { afterEach, describe, expect, test } from 'vitest'
import type { ReachabilityView } from '../../src/core/ring-channel.ts'
import { listen } from './e2e/event-stream.ts'
import { type HubProcess, runCommand, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { type SalesforceHub, startSalesforceHub } from './salesforce-hub.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'

const settledMs = 20_000

let world: SalesforceHub
let hub: HubProcess | undefined
afterEach(async () => {
  await hub?.child.stop()
  hub = undefined
  await world.stop()
})

describe('Salesforce, Teams and a phone system by the preset salesforce', () => {
  test('UN-01, UN-06, UN-14: a call at the phone is In a call in Teams and On a Call in the CRM; then what was there comes back', async () => {
    world = await startSalesforceHub('salesforce')
    const anna = world.person('anna')
    for (const before of ['Available', 'Lunch']) {
      world.pick('anna', before)
      await world.pass(settledMs)
      world.lab.phones.start({ extension: '1001', direction: 'inbound' })
      await world.passUntil(() => anna.sessions() === 1, 'In a call in Teams')
      await world.passUntil(() => world.status('anna') === 'On a Call', 'On a Call in the CRM')
      await world.pass(settledMs)
      world.lab.phones.hangup('1001')
      await world.passUntil(() => anna.sessions() === 0 && world.status('anna') === before, `${before} again`)
    }
    expect(anna.shown()).not.toBe(IN_A_CALL)
  })

  test('UN-04, UN-06: do not disturb goes round by every way, and is cleared from every side', async () => {
    world = await startSalesforceHub('salesforce')
    const anna = world.person('anna')
    const all = (teams: string, crm: string, phone: string) => () =>
      anna.shown() === teams && world.status('anna') === crm && world.profile('1001') === phone
    const silent = all(DND, 'Do Not Disturb', 'Out of office')
    const free = all(FREE, 'Available', 'Available')
    anna.status(DND)
    await world.passUntil(silent, 'from Teams')
    await world.pass(settledMs)
    world.pick('anna', 'Available')
    await world.passUntil(free, 'cleared in the CRM')
    await world.pass(settledMs)
    world.pick('anna', 'Do Not Disturb')
    await world.passUntil(silent, 'from the CRM')
    await world.pass(settledMs)
    world.pickProfile('1001', 'Available')
    await world.passUntil(free, 'cleared at the phone')
    await world.pass(settledMs)
    world.pickProfile('1001', 'Out of office')
    await world.passUntil(silent, 'from the phone')
    await world.pass(settledMs)
    anna.status(null)
    await world.passUntil(free, 'cleared in Teams')
    await world.pass(60_000)
    expect(free()).toBe(true)
  })

  test('UN-12: On a Call picked in the CRM is a call in Teams, as long as it stands', async () => {
    world = await startSalesforceHub('salesforce')
    const anna = world.person('anna')
    world.pick('anna', 'On a Call')
    await world.passUntil(() => anna.shown() === IN_A_CALL, 'In a call')
    world.pick('anna', 'Available')
    await world.passUntil(() => anna.shown() === FREE, 'the end')
  })

  test('MM-20: Logout withdraws what the CRM had said, and neither a Teams call nor a choice is shown there until the next sign-in', async () => {
    world = await startSalesforceHub('salesforce')
    const anna = world.person('anna')
    world.pick('anna', 'Do Not Disturb')
    await world.passUntil(() => anna.shown() === DND, 'from the CRM')
    await world.pass(settledMs)
    world.pick('anna', 'Logout')
    await world.passUntil(() => anna.shown() === FREE && world.profile('1001') === 'Available', 'withdrawn')
    expect(world.view('anna', 'crm').native?.absent).toBe('signedOut')
    anna.teamsCall(true)
    await world.pass(settledMs, () => expect(world.status('anna')).toBe('Logout'))
    anna.teamsCall(false)
    anna.status(DND)
    await world.pass(settledMs, () => expect(world.status('anna')).toBe('Logout'))
    world.pick('anna', 'Available')
    await world.passUntil(() => world.status('anna') === 'Do Not Disturb', 'in step after the sign-in')
  })

  test('MM-23: away for long signs out, by the rule and only by it; a call keeps the agent in; after the next sign-in it is over', async () => {
    world = await startSalesforceHub('salesforce', { signOutAfter: 5 })
    const anna = world.person('anna')
    anna.client('Away/Away')
    await world.passUntil(() => world.status('anna') === 'Away', 'Away, as the table says')
    world.lab.phones.start({ extension: '1001', direction: 'inbound' })
    await world.pass(310_000, () => expect(world.status('anna')).not.toBe('Logout'))
    expect(world.status('anna')).toBe('On a Call')
    world.lab.phones.hangup('1001')
    await world.passUntil(() => world.status('anna') === 'Logout', 'the logout')
    await world.passUntil(() => world.view('anna', 'crm').native?.absent === 'signedOut', 'read back')
    expect(world.crm.consoles.shown.at(-1)?.text).toContain('You have signed out')
    world.pick('anna', 'Lunch')
    await world.pass(60_000, () => expect(world.status('anna')).not.toBe('Logout'))
  })

  test('MM-24: who signs out is told at that moment, in the console and on the board', async () => {
    world = await startSalesforceHub('salesforce')
    const board = await listen(world.hub().url)
    expect(board.told).not.toContain('missed calls')
    world.pick('anna', 'Logout')
    await world.passUntil(() => world.crm.consoles.shown.length > 0, 'the notice')
    expect(world.crm.consoles.shown).toMatchObject([{ text: expect.stringContaining('You have signed out') }])
    await expect
      .poll(() => board.told)
      .toMatch(/event: person\ndata: [^\n]*missed calls are logged only where/)
    board.close()
  })

  test('G-02: the connection is lost in mid-call: nothing ends before it is known, and then at once', async () => {
    world = await startSalesforceHub('salesforce')
    const anna = world.person('anna')
    world.pick('anna', 'On a Call')
    await world.passUntil(() => anna.shown() === IN_A_CALL, 'In a call')
    world.lab.faults.add({ target: 'salesforce', kind: 'refuse' })
    await world.passUntil(() => !world.view('anna', 'crm').synced, 'the loss')
    await world.pass(60_000, () => expect(anna.shown()).toBe(IN_A_CALL))
    world.pick('anna', 'Available')
    await world.pass(5_000, () => expect(anna.shown()).toBe(IN_A_CALL))
    world.lab.faults.clear()
    await world.passUntil(() => anna.shown() === FREE, 'the end, once it is known')
  })

  test("an agent's closed console is said, and tried no further until something changes", async () => {
    world = await startSalesforceHub('salesforce')
    const anna = world.person('anna')
    world.crm.consoles.set(anna.upn, false)
    anna.status(DND)
    const told = () => world.view('anna', 'crm').targets.find(({ status }) => status === 'rejected')
    await world.passUntil(told, 'not applied')
    expect(told()?.detail).toContain('console did not answer')
    const commands = () =>
      world.lab.requests.since(0).filter(({ path }) => path.endsWith('Hookswitch_Command__e')).length
    const before = commands()
    await world.pass(60_000)
    expect([commands(), world.status('anna')]).toEqual([before, 'Available'])
  })
})

test('MM-20, MM-21: after a logout from the CRM its softphone does not ring, and Teams does by its own rules', async () => {
  world = await startSalesforceHub('mirage')
  const anna = world.person('anna')
  const read = async () => {
    const answer = await fetch(`${world.hub().url}/api/v1/people/${anna.upn}/reachability`)
    const { channels } = (await answer.json()) as ReachabilityView
    return channels.filter(({ via }) => via === 'direct')
  }
  const answers = async () =>
    Object.fromEntries((await read()).map(({ kind, inbound }) => [kind, inbound] as const))
  expect(await answers()).toMatchObject({ collaboration: 'yes', softphone: 'yes' })
  world.pick('anna', 'Logout')
  await world.passUntil(() => world.view('anna', 'crm').native?.absent === 'signedOut', 'the logout')
  expect(await answers()).toMatchObject({ collaboration: 'yes', softphone: 'no' })
  const { address, because } = (await read()).find(({ kind }) => kind === 'softphone')!
  expect(because).toContain('missed calls are logged only where the hub keeps a history')
  const line = await fetch(`${world.hub().url}/api/v1/ring/teams/${address}?channel=softphone`)
  expect(await line.text()).toMatch(/^busy crm is signed out/)
  anna.status(DND)
  await world.passUntil(() => world.view('anna', 'teams').native?.doNotDisturb, 'do not disturb in Teams')
  expect(await answers()).toMatchObject({ collaboration: 'no', softphone: 'no' })
  anna.status(null)
  world.pick('anna', 'Available')
  await world.passUntil(() => world.view('anna', 'crm').native?.absent === undefined, 'the sign-in')
  await world.pass(settledMs)
  expect(await answers()).toMatchObject({ collaboration: 'yes', softphone: 'yes' })
})

describe('Salesforce, Teams and 3CX by the preset 3cx-crm', () => {
  test('UN-30, UN-31, UN-32, UN-33, UN-34, UN-36: who reads whom', async () => {
    world = await startSalesforceHub('3cx-crm')
    const anna = world.person('anna')
    world.pick('anna', 'Do Not Disturb')
    await world.passUntil(() => world.profile('1001') === 'Out of office', 'CRM to 3CX')
    await world.pass(settledMs, () => expect(anna.shown()).toBe(FREE))
    world.pickProfile('1001', 'Available')
    await world.passUntil(() => world.status('anna') === 'Available', '3CX to CRM')
    world.pickProfile('1001', 'Away')
    await world.passUntil(() => world.status('anna') === 'Away', '3CX to CRM, Away')
    await world.pass(settledMs, () => expect([anna.shown(), anna.sessions()]).toEqual([FREE, 0]))
    anna.status(DND)
    await world.passUntil(
      () => world.status('anna') === 'Do Not Disturb' && world.profile('1001') === 'Out of office',
      'Teams to CRM and to 3CX',
    )
    await world.pass(60_000, () => {
      expect([world.status('anna'), world.profile('1001')]).toEqual(['Do Not Disturb', 'Out of office'])
      expect(anna.shown()).toBe(DND)
    })
  })
})

test('G-02: killed in mid-write and started again, and release with the hub stopped: what was there comes back', async () => {
  const port = await findFreePort()
  world = await startSalesforceHub('salesforce', { process: { port } })
  const file = writeConfigFile(world.data, world.text)
  hub = await startHubProcess(file)
  await hub.ready()
  const anna = world.person('anna')
  anna.status(DND)
  await until(() => world.status('anna') === 'Do Not Disturb', 'the status')
  await hub.child.kill()
  anna.status(null)
  hub = await startHubProcess(file)
  await until(() => world.status('anna') === 'Available', 'taken back after the start')
  world.pick('anna', 'Lunch')
  anna.status(DND)
  await until(() => world.status('anna') === 'Do Not Disturb', 'the status again')
  await hub.child.kill()
  const { code, output } = await runCommand('release', '--all', '--config', file)
  expect(output).toContain('0 remaining')
  expect([code, world.status('anna')]).toEqual([0, 'Lunch'])
  for (const secret of ['lab-consumer-secret', 'lab-refresh-token']) expect(output).not.toContain(secret)
})
