import type { SalesforceHub } from './salesforce-hub.ts'

/** What four agents of the lab do: a call at the phone, one in the CRM, lunch, and gone home. */
export async function stageAgents(world: SalesforceHub): Promise<void> {
  world.lab.phones.start({ extension: '1001', direction: 'inbound' })
  world.pick('ben', 'Lunch')
  world.pick('chiara', 'On a Call')
  world.pick('david', 'Logout')
  await world.passUntil(() => world.status('anna') === 'On a Call', 'On a Call in the CRM')
  const shown = (name: string, state: string) => world.person(name).shown() === state
  await world.passUntil(() => shown('anna', 'Busy/InACall'), 'the call in Teams')
  await world.passUntil(() => shown('chiara', 'Busy/InACall'), 'the call of the CRM in Teams')
  await world.passUntil(() => shown('ben', 'Away/Away'), 'lunch in Teams')
  await world.passUntil(() => world.view('david', 'crm').native?.absent === 'signedOut', 'the logout')
}
