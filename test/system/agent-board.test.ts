import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageAgents } from './agent-scene.ts'
import { line } from './board-session.ts'
import { listen } from './e2e/event-stream.ts'
import { type SalesforceHub, startSalesforceHub } from './salesforce-hub.ts'
import { setUpBrowser } from './set-up-browser.ts'

const { openPage } = setUpBrowser()
let world: SalesforceHub
beforeAll(async () => {
  world = await startSalesforceHub('salesforce', { supervised: ['anna', 'ben', 'chiara', 'david'] })
})
afterAll(async () => {
  await world?.stop()
})

test('UN-01, UN-03: a supervisor signed in sees Teams, phone and CRM of each of their agents on one line, live, of nobody else, and hears the same by the event stream', async () => {
  const cookie = world.cookie!
  const stream = await listen(world.hub().url, { cookie })
  const page = await openPage(world.hub().url, { cookie })
  const poll = <Read>(read: () => Read) => expect.poll(read)
  const said = async (name: string) => (await line(page, name).innerText()).split(/\s*\n\s*/).join(', ')
  await line(page, 'Anna Keller').waitFor()
  await poll(() => said('Anna Keller')).toContain(
    'Available, 3CX, Available, Salesforce, Available, Microsoft Teams',
  )
  await stageAgents(world)
  const withoutTeams = 'Microsoft Teams, by itself Available'
  const lines = {
    'Anna Keller': `In a call, 3CX, In a call, Salesforce, by itself Available, In a call, ${withoutTeams}`,
    'Ben Ortiz': `Away, 3CX, by itself Available, Away, Salesforce, Away, ${withoutTeams}`,
    'Chiara Moretti': `Available, 3CX, In a call, Salesforce, In a call, ${withoutTeams}`,
    'David Okafor': 'Available, 3CX, Signed out, Salesforce, Away, Microsoft Teams',
  }
  for (const [name, shown] of Object.entries(lines)) await poll(() => said(name)).toContain(shown)
  // The CRM's own word for it.
  expect(await said('Ben Ortiz')).toContain('Away, Lunch, ')
  const systems = () =>
    stream.lastOf(world.person('anna').upn)?.systems.map(({ connector, native, targets }) => ({
      ...{ connector, native: native?.label },
      wanted: targets.flatMap(({ wanted, status }) => (wanted === undefined ? [] : [`${wanted} ${status}`])),
    }))
  await expect.poll(systems).toEqual([
    { connector: 'pbx', native: 'In a call', wanted: [] },
    { connector: 'crm', native: 'Available', wanted: ['busy/inACall applied'] },
    { connector: 'teams', native: 'Available', wanted: ['busy/inACall applied'] },
  ])
  // Of whom somebody else is the supervisor nothing is said.
  expect(await line(page, 'Elif Demir').count()).toBe(0)
  expect(stream.told).not.toContain('elif@')
  world.lab.phones.hangup('1001')
  await world.passUntil(() => world.status('anna') === 'Available', 'Available again')
  await world.passUntil(() => world.person('anna').sessions() === 0, 'the end in Teams')
  await poll(() => said('Anna Keller')).toContain(
    'Available, 3CX, Available, Salesforce, Available, Microsoft Teams',
  )
  stream.close()
})
