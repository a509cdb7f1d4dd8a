import { afterEach, expect, test } from 'vitest'
import { type Salesforce, startSalesforce } from '../../src/lab/salesforce/server.ts'
import { startWebex } from '../../src/lab/webex/server.ts'
import { startHubBesideLab } from './e2e/lab-hub.ts'
import { DND, FREE, IN_A_CALL, showByVendor, teamsWrites } from './e2e/lab-people.ts'

const settledMs = 17_000

/** Webex kept in step with Teams by its vendor, beside a CRM that the preset `webex` links with Teams both ways. */
async function startWorld() {
  const made: { crm?: Salesforce } = {}
  const beside = await startHubBesideLab({
    name: 'webex-vendor',
    emulators: {
      webex: (lab) => startWebex({ ...lab, presenceSync: true }),
      salesforce: async (lab) => {
        made.crm = await startSalesforce(lab)
        return made.crm
      },
    },
    change: ({ tenants: [tenant] }) => {
      for (const one of tenant!.connectors) if (one.type === 'webex') one.teamsSync = 'vendor'
      tenant!.links = [
        { from: 'teams', to: 'crm', preset: 'webex' },
        { from: 'crm', to: 'teams', preset: 'webex' },
      ]
    },
  })
  return { ...beside, crm: made.crm!.desk! }
}

let world: Awaited<ReturnType<typeof startWorld>>
afterEach(() => world.stop())

test('UN-19, UN-21: with teamsSync: vendor the hub reads Webex and writes neither there nor to Teams; Teams and the CRM follow each other', async () => {
  world = await startWorld()
  const { phones, pass, passUntil, person, view, lab, crm } = world
  const [anna, ben] = [person('anna'), person('ben')]
  for (const { upn } of [anna, ben]) crm.pick(upn, 'Available')
  await pass(settledMs)
  const begun = lab.requests.last
  phones.start({ extension: '1001' })
  const shown = () => view('anna').systems.find(({ connector }) => connector === 'pbx')!.native?.activity
  await passUntil(() => shown() === 'inACall', 'the board to show the call', 10_000)
  ben.status(DND)
  await passUntil(() => crm.shown(ben.upn) === 'Do Not Disturb', 'the CRM to follow Teams', 10_000)
  await pass(settledMs)
  expect([anna.shown(), crm.shown(anna.upn)]).toEqual([FREE, 'Available'])
  expect(teamsWrites(lab, begun)).toEqual([])

  crm.pick(ben.upn, 'Available')
  await passUntil(() => ben.shown() === FREE, 'Teams to follow the CRM', 10_000)
  await pass(settledMs)
  const dnd = lab.requests.since(0).filter(({ path }) => path.endsWith('/doNotDisturb'))
  expect(dnd.map(({ method }) => method)).not.toContain('PUT')
  expect(world.dnd('1002')).toBe(false)
})

test('UN-04, UN-19, UN-21, UN-22: a Webex call that the vendor shows in Teams reaches the CRM through Teams, and nothing else does', async () => {
  world = await startWorld()
  const { phones, pass, passUntil, person, lab, crm } = world
  const anna = person('anna')
  crm.pick(anna.upn, 'Available')
  await pass(settledMs)
  const begun = lab.requests.last
  const call = (on: boolean) => {
    if (on) phones.start({ extension: '1001' })
    else phones.hangup('1001')
    showByVendor(lab, 'anna', on)
  }
  call(true)
  await passUntil(() => crm.shown(anna.upn) === 'On a Call', 'On a Call in the CRM', 10_000)
  await pass(settledMs)
  expect([anna.shown(), crm.shown(anna.upn)]).toEqual([IN_A_CALL, 'On a Call'])
  call(false)
  await passUntil(() => crm.shown(anna.upn) === 'Available', 'what was there before', 10_000)
  await pass(settledMs)
  expect([anna.shown(), crm.shown(anna.upn)]).toEqual([FREE, 'Available'])
  expect(teamsWrites(lab, begun)).toEqual([])

  // The phone alone, which the vendor's sync has not shown in Teams, goes nowhere.
  phones.start({ extension: '1001' })
  await pass(settledMs)
  expect([anna.shown(), crm.shown(anna.upn)]).toEqual([FREE, 'Available'])
})
