import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { labSystems } from '../../src/apps/cli/lab-systems.ts'
import type { PersonView } from '../../src/core/view.ts'
import { type Child, startChild, until } from './support/child.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const anna = 'anna@contoso.example'

/** What the person picks in the client of a CRM, in its own words, and what Teams is to show for it. */
const picked: Readonly<Record<string, { readonly state: string; readonly shown: string }>> = {
  webhook: { state: 'Talking', shown: 'Busy/InACall' },
  salesforce: { state: 'Busy', shown: 'Busy/Busy' },
}

let demo: Child | undefined
afterEach(async () => {
  await demo?.stop()
})

async function start(...names: readonly string[]): Promise<string> {
  const asked = names.flatMap((name) => ['--with', name])
  const args = ['bin/hookswitch.js', 'demo', '--port', '0', ...asked]
  const child = startChild(process.execPath, args, { cwd: root })
  demo = child
  return until(
    () => {
      if (!child.running()) throw new Error(`the demo ended at once:\n${child.output()}`)
      return /http:\/\/127\.0\.0\.1:\d+/.exec(child.output())?.[0] ?? ''
    },
    () => `the demo to print its address:\n${child.output()}`,
    90_000,
  )
}

function remote(url: string) {
  const get = async (path: string) => (await (await fetch(url + path)).json()) as unknown
  return {
    people: async () => ((await get('/api/v1/people')) as { people: PersonView[] }).people,
    shown: async () => ((await get(`/lab/people/${anna}`)) as { teams: { shown: string } }).teams.shown,
    /** What the emulated system itself shows of Anna. */
    shownBy: async (system: string) =>
      ((await get(`/lab/people/${anna}`)) as { systems: Record<string, { shown: string }> }).systems[system]
        ?.shown,
    async send(method: string, path: string, body: unknown) {
      const headers = { 'content-type': 'application/json' }
      const reply = await fetch(url + path, { method, headers, body: JSON.stringify(body) })
      expect([path, reply.ok ? '' : await reply.text()]).toEqual([path, ''])
    },
  }
}

test.each(Object.entries(labSystems))(
  'Outcome: demo --with %s: everyone is heard, and what is done there shows in Teams',
  async (name, { kind, connector }) => {
    const { people, shown, send } = remote(await start(name))
    const output = () => demo!.output()
    // Teams joins a person when the directory has been matched.
    const needed = ['teams', connector('127.0.0.1:1,127.0.0.1:2').type]
    const silent = async () =>
      (await people()).filter(
        ({ systems }) =>
          !systems.every(({ synced }) => synced) ||
          !needed.every((type) => systems.some((system) => system.type === type)),
      )
    await until(
      async () => (await silent()).length === 0,
      () => `everyone to be heard\n${output()}`,
      90_000,
    )
    const act = picked[name]
    expect(act !== undefined).toBe(kind === 'crm')
    if (act) await send('PUT', `/lab/systems/${name}/people/${anna}`, { state: act.state })
    else await send('POST', '/lab/phones/1001/call', { party: 'external' })
    const wanted = act?.shown ?? 'Busy/InACall'
    await until(
      async () => (await shown()) === wanted,
      () => `Teams to show ${wanted}\n${output()}`,
      90_000,
    )
  },
)

test('Outcome: demo with a phone system and a CRM, each by its own --with: both are beside Teams, and a call shows in both', async () => {
  const { people, shown, shownBy, send } = remote(await start('3cx', 'salesforce'))
  const output = () => demo!.output()
  const types = async () => (await people())[0]!.systems.map(({ type, synced }) => `${type} ${synced}`)
  await until(
    async () => (await types()).toSorted().join() === '3cx true,salesforce true,teams true',
    () => `all three to be heard\n${output()}`,
    90_000,
  )
  await send('POST', '/lab/phones/1001/call', { party: 'external' })
  await until(
    async () => (await shown()) === 'Busy/InACall' && (await shownBy('salesforce')) === 'On a Call',
    () => `Teams and the CRM to show the call\n${output()}`,
    90_000,
  )
})
