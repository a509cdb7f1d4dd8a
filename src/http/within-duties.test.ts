import { expect, test } from 'vitest'
import type { AlertPort, AlertView } from '../core/alert.ts'
import type { PausePort, PauseSubject } from '../core/pause.ts'
import type { HubPort, PersonView } from '../core/view.ts'
import type { Delivery, FailedEvent, WebhookPort, WebhookView } from '../core/webhook-port.ts'
import type { Stretch } from './authorize.ts'
import { Reach } from './reach.ts'
import { alertsWithin, latencyWithin, pausesWithin, webhooksWithin } from './within-duties.ts'
import { hubWithin } from './within-hub.ts'

const all: Stretch = { tenant: 'contoso', scopes: ['admin'] }
const self: Stretch = { tenant: 'fabrikam', scopes: [], only: { person: 'anna' } }
/** An administrator of one tenant who is a member of another. */
const reach = new Reach([all, self], () => [])
const tenants = ['contoso', 'fabrikam', 'tailspin']

test('alerts of the tenant; those of the machine, and the channels, are for operators', () => {
  const current = [...tenants, undefined].map(
    (tenant) => ({ key: 'k', ...(tenant && { tenant }) }) as AlertView,
  )
  const port: AlertPort = { current: () => current, channels: () => [{ name: 'mail', waiting: 0 }] }
  const seen = alertsWithin(port, reach)
  expect(seen.current().map(({ tenant }) => tenant)).toEqual(['contoso'])
  expect(seen.channels()).toEqual([])
  expect(alertsWithin(port, new Reach(undefined, () => []))).toBe(port)
})

test('webhooks of the tenant; a replay without a tenant goes no further', async () => {
  const replayed: (string | undefined)[] = []
  const port: WebhookPort = {
    tellAgain: async () => 1,
    test: async () => ({ taken: true }),
    list: () => tenants.map((tenant) => ({ tenant }) as WebhookView),
    failed: () => tenants.map((tenant) => ({ tenant }) as FailedEvent),
    deliveries: () => tenants.map((tenant) => ({ tenant }) as Delivery),
    replay: async ({ tenant }) => replayed.push(tenant),
  }
  const seen = webhooksWithin(port, reach)
  expect(seen.list().map(({ tenant }) => tenant)).toEqual(['contoso'])
  expect(seen.failed({}).map(({ tenant }) => tenant)).toEqual(['contoso'])
  expect(seen.deliveries({}).map(({ tenant }) => tenant)).toEqual(['contoso'])
  expect([await seen.replay({ tenant: 'tailspin' }), await seen.replay({ tenant: 'fabrikam' })]).toEqual([
    0, 0,
  ])
  expect([await seen.replay({}), replayed]).toEqual([1, ['contoso']])
})

test('latency of the tenant', () => {
  const seen = latencyWithin(() => tenants.map((tenant) => ({ tenant, link: 'l', hops: [] })), reach)
  expect(seen(undefined).map(({ tenant }) => tenant)).toEqual(['contoso'])
})

const people = tenants.flatMap((tenant) => ['anna', 'ben'].map((id) => ({ tenant, id }) as PersonView))
const released: string[] = []
const questions: unknown[] = []
const hub = {
  person: (key: string, tenant?: string) =>
    people.find((one) => one.id === key && (tenant ?? one.tenant) === one.tenant),
  release: async (key: string, tenant?: string) => {
    released.push(`${key} ${tenant}`)
    return { released: [], remaining: 2 }
  },
  ring: (question: unknown) => {
    questions.push(question)
    return { verdict: 'ring', because: '' }
  },
} as unknown as HubPort

test('a pause by address is for the tenants that are reached as a whole', async () => {
  const asked: PauseSubject[] = []
  const port = {
    pause: async (who: PauseSubject) => {
      asked.push(who)
      return { person: people[0]! }
    },
  } as unknown as PausePort<PersonView>
  const seen = pausesWithin(port, { hub: hubWithin(hub, reach), reach })
  const at = { connector: 'pbx', address: '1001' }
  await seen.pause(at, {})
  await seen.pause({ key: 'anna' }, {})
  expect(await seen.pause({ ...at, tenant: 'fabrikam' }, {})).toEqual({ refused: 'nobody' })
  expect(await seen.pause({ key: 'ben', tenant: 'fabrikam' }, {})).toEqual({ refused: 'nobody' })
  expect(asked).toEqual([
    { ...at, among: ['contoso'] },
    { key: 'anna', tenant: 'contoso' },
  ])
})

test('to release everyone is everyone of what is reached; a call is asked of in the tenant', async () => {
  const seen = hubWithin(hub, reach)
  expect(await seen.release('all')).toEqual({ released: [], remaining: 2 })
  expect(await seen.release('all', 'tailspin')).toEqual({ released: [], remaining: 0 })
  expect(await seen.release('ben', 'fabrikam')).toEqual({ released: [], remaining: 0 })
  expect(released).toEqual(['all contoso'])
  const question = { connector: 'pbx', address: '1', via: 'direct' } as const
  expect(seen.ring({ ...question, tenant: 'tailspin' })).toBeUndefined()
  seen.ring(question)
  expect(questions).toEqual([{ ...question, among: ['contoso'] }])
})
