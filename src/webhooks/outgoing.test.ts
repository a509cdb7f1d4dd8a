import { CloudEvent } from 'cloudevents'
import { describe, expect, it } from 'vitest'
import { withWallOff } from '../../test/contract/set-wall-clock.ts'
import type { Log, StoreChange } from '../core/ports.ts'
import { presence, presenceLabel } from '../core/presence.ts'
import type { PersonView } from '../core/view.ts'
import { LabClock } from '../lab/clock.ts'
import { giveUpMs } from './lane.ts'
import { OutgoingWebhooks } from './outgoing.ts'
import type { Subscription } from './subscription.ts'

const quiet = () => {}
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet, with: () => log }
const metrics = { count: quiet, gauge: quiet, observe: quiet }
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

function personOf(name: string, [availability, activity]: Parameters<typeof presence>): PersonView {
  const state = { availability, activity, label: presenceLabel(presence(availability, activity)) }
  const upn = `${name}@contoso.example`
  const pbx = { connector: 'pbx', type: 'asterisk', title: 'Asterisk', kind: 'pbx', addresses: ['1001'] }
  return {
    ...{ tenant: 'contoso', id: upn, upn, displayName: name, state, revision: 1 },
    systems: [{ ...pbx, native: state, synced: true, targets: [] }],
  }
}

/** A hub of a few people, a store that outlives it, and a receiver that answers as it is told. */
function createWorld(more: Partial<Subscription> = {}) {
  const clock = new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 21) })
  const rows = new Map<string, Map<string, string>>()
  const people = new Map<string, PersonView>()
  const posts: CloudEvent<Record<string, unknown>>[] = []
  const answer = { status: 204 }
  const store = { isAway: false }
  const added: Subscription[] = []
  let listener: (person: PersonView) => void = quiet
  let ids = 0
  const commit = async (changes: readonly StoreChange[]) => {
    for (const change of changes) {
      if (!('scope' in change)) continue
      const scope = rows.get(change.scope) ?? new Map<string, string>()
      rows.set(change.scope, scope)
      if ('put' in change) scope.set(change.key, change.body)
      else scope.delete(change.key)
    }
  }
  const memory = async (_tenant: string, scope: string) => {
    if (store.isAway) throw new Error('the database is away')
    return new Map(rows.get(scope))
  }
  /** `offMs`: so much is the wall clock off there. */
  const open = async (offMs = 0) => {
    const webhooks = new OutgoingWebhooks({
      ...{ clock: withWallOff(clock, () => offMs), log, metrics, random: () => 1 },
      store: { commit, memory },
      fetch: async (_url, init) => {
        posts.push(new CloudEvent(JSON.parse(String(init?.body))))
        return new Response(null, { status: answer.status })
      },
      sign: () => ({}),
      subscriptions: () => [
        ...added,
        {
          ...{ tenant: 'contoso', id: 'wallboard', url: 'https://host.example/x', secrets: ['s'] },
          ...{ people: undefined, systems: [], ...more },
        },
      ],
      nextId: () => {
        ids += 1
        return `event-${ids}`
      },
      people: () => [...people.values()],
      watch: (told) => {
        listener = told
        return () => {
          listener = quiet
        }
      },
    })
    await webhooks.start()
    await settle()
    return webhooks
  }
  const show = async (name: string, ...state: Parameters<typeof presence>) => {
    const person = personOf(name, state)
    people.set(person.id, person)
    listener(person)
    await settle()
  }
  const said = () =>
    posts.map(({ subject, data }) => `${subject} ${JSON.stringify(data?.state ?? data?.systems)}`)
  return { clock, rows, posts, answer, added, open, show, said, store }
}

describe('outgoing webhooks', () => {
  it('tell each change once, as a CloudEvent with what was before', async () => {
    const { open, show, posts } = createWorld()
    const webhooks = await open()
    await show('anna', 'busy', 'inACall')
    await show('anna', 'busy', 'inACall')
    await show('anna', 'available', 'available')
    expect(posts.map(({ data }) => data)).toMatchObject([
      {
        state: { activity: 'inACall', label: 'In a call' },
        was: null,
        person: { upn: 'anna@contoso.example' },
      },
      { state: { activity: 'available' }, was: { state: { activity: 'inACall' } } },
    ])
    for (const post of posts) expect(post.validate()).toBe(true)
    expect(posts[0]).toMatchObject({ type: 'hookswitch.presence.changed', source: '/hookswitch/contoso' })
    expect(String(posts[0]!.sequence) < String(posts[1]!.sequence)).toBe(true)
    await webhooks.stop()
  })

  it('go on with greater sequences at a hub whose wall clock is behind that of the former', async () => {
    const { open, show, posts } = createWorld()
    const former = await open(7_200_000)
    await show('anna', 'busy', 'inACall')
    await former.stop()
    const next = await open()
    await show('anna', 'available', 'available')
    expect(posts).toHaveLength(2)
    expect(String(posts[0]!.sequence) < String(posts[1]!.sequence)).toBe(true)
    await next.stop()
  })

  it('tell what changed while nobody was there to tell it, and nothing that did not', async () => {
    const { open, show, posts } = createWorld()
    const first = await open()
    await show('anna', 'available', 'available')
    await show('ben', 'available', 'available')
    await first.stop()
    await show('ben', 'busy', 'inACall')
    const second = await open()
    expect(posts.slice(2).map(({ subject }) => subject)).toEqual(['ben@contoso.example'])
    await second.stop()
  })

  it('go on at the next attempt where what is left of them could not be read', async () => {
    const { open, show, posts, added, store } = createWorld()
    const webhooks = await open()
    await show('anna', 'available', 'available')
    added.push({
      ...{ tenant: 'fabrikam', id: 'wallboard', url: 'https://host.example/y', secrets: ['s'] },
      ...{ people: undefined, systems: [] },
    })
    store.isAway = true
    await expect(webhooks.renew()).rejects.toThrow('the database is away')
    store.isAway = false
    await webhooks.renew()
    await show('anna', 'busy', 'inACall')
    expect(posts.map(({ subject }) => subject)).toEqual(['anna@contoso.example', 'anna@contoso.example'])
    await webhooks.stop()
  })

  it('tell that nothing is known only when it stays so: a start is no news', async () => {
    const { open, show, posts, clock } = createWorld()
    const webhooks = await open()
    await show('anna', 'available', 'available')
    await show('anna', 'unknown', 'unknown')
    clock.advance(30_000)
    await show('anna', 'available', 'available')
    clock.advance(120_000)
    await settle()
    expect(posts).toHaveLength(1)
    await show('anna', 'unknown', 'unknown')
    clock.advance(60_000)
    await settle()
    expect(posts[1]?.data).toMatchObject({ state: { availability: 'unknown' } })
    await webhooks.stop()
  })

  it('tell chosen people only, and of chosen systems what these say by themselves', async () => {
    const people = new Set(['anna@contoso.example'])
    const { open, show, said } = createWorld({ people, systems: ['pbx'] })
    const webhooks = await open()
    await show('ben', 'busy', 'inACall')
    await show('anna', 'busy', 'inACall')
    expect(said()).toEqual([
      'anna@contoso.example {"pbx":{"availability":"busy","activity":"inACall","label":"In a call"}}',
    ])
    await webhooks.stop()
  })

  it('give up after a day, list it, and send it again with its id when told to, over a restart', async () => {
    const { open, show, posts, clock, answer, rows } = createWorld()
    answer.status = 500
    const first = await open()
    await show('anna', 'busy', 'inACall')
    const [{ id }] = posts as [CloudEvent<unknown>]
    clock.advance(giveUpMs)
    await settle()
    clock.advance(20 * 60_000)
    await settle()
    expect(first.list()).toMatchObject([{ waiting: 0, failed: 1, trouble: 'it answered with status 500' }])
    await first.stop()

    const second = await open()
    expect(second.failed({})).toMatchObject([{ id, person: 'anna@contoso.example', webhook: 'wallboard' }])
    expect(await second.replay({ id: 'no-such-event' })).toBe(0)
    answer.status = 204
    const before = posts.length
    expect(await second.replay({ webhook: 'wallboard' })).toBe(1)
    await settle()
    expect(posts.slice(before).map((post) => post.id)).toEqual([id])
    expect(second.list()).toMatchObject([{ waiting: 0, failed: 0 }])
    expect(
      [...rows].filter(([scope]) => !/told|tried|sequence/.test(scope)).flatMap(([, scope]) => [...scope]),
    ).toEqual([])
    await second.stop()
  })

  it('keep a log of attempts without whom they are about, over a change of the configuration and a restart', async () => {
    const { open, show, answer, added } = createWorld()
    const webhooks = await open()
    await show('anna', 'busy', 'inACall')
    answer.status = 500
    expect(await webhooks.test('contoso', 'wallboard')).toEqual({
      taken: false,
      reason: 'it answered with status 500',
    })
    await show('ben', 'busy', 'inACall')
    const kept = webhooks.deliveries({})
    expect(kept.map(({ type, outcome, status }) => [type, outcome, status])).toEqual([
      ['hookswitch.presence.changed', 'taken', 204],
      ['hookswitch.test', 'failed', 500],
      ['hookswitch.presence.changed', 'failed', 500],
    ])
    expect(kept.map(({ nextAt }) => nextAt !== undefined)).toEqual([false, false, true])
    expect(JSON.stringify(kept)).not.toMatch(/anna|ben|inACall/)
    expect(webhooks.deliveries({ outcome: 'failed', webhook: 'wallboard' })).toHaveLength(2)
    expect(webhooks.deliveries({ tenant: 'fabrikam' })).toEqual([])
    added.push({
      ...{ tenant: 'contoso', id: 'other', url: 'https://other.example/', secrets: ['s'] },
      ...{ people: new Set<string>(), systems: [] },
    })
    await webhooks.renew()
    expect(webhooks.deliveries({})).toEqual(expect.arrayContaining([...kept]))
    await webhooks.stop()
    const later = await open()
    const again = later.deliveries({})
    expect(again).toEqual(expect.arrayContaining([...kept]))
    expect(later.deliveries({ limit: 1 })).toEqual([again[0]])
    const attempts = again.filter(({ id }) => id === kept[2]!.id).map(({ attempt }) => attempt)
    expect(attempts.toSorted()).toEqual(attempts.map((_, index) => index + 1))
    await later.stop()
  })

  it('send one that waits at once when told to, and everybody once more', async () => {
    const { open, show, posts, answer, clock } = createWorld()
    const webhooks = await open()
    await show('anna', 'busy', 'inACall')
    answer.status = 422
    await show('ben', 'busy', 'inACall')
    expect(await webhooks.replay({ id: String(posts[0]!.id) })).toBe(0)
    answer.status = 204
    clock.advance(1)
    expect(await webhooks.replay({ id: String(posts[1]!.id) })).toBe(1)
    await settle()
    expect(posts.map(({ id }) => id)).toEqual(['event-1', 'event-2', 'event-2'])
    expect(webhooks.deliveries({ limit: 1 })).toMatchObject([{ outcome: 'taken', attempt: 2 }])
    expect(await webhooks.tellAgain('contoso', 'none')).toBeUndefined()
    expect(await webhooks.tellAgain('contoso', 'wallboard')).toBe(2)
    await settle()
    expect(posts.slice(3).map(({ subject, data }) => [subject, data?.was])).toEqual([
      ['anna@contoso.example', null],
      ['ben@contoso.example', null],
    ])
    await webhooks.stop()
  })

  it('keep what waits and its id over a restart', async () => {
    const { open, show, posts, answer } = createWorld()
    answer.status = 503
    const first = await open()
    await show('anna', 'busy', 'inACall')
    await show('anna', 'available', 'available')
    await first.stop()
    answer.status = 204
    const second = await open()
    await settle()
    expect(posts.map(({ id }) => id)).toEqual(['event-1', 'event-1', 'event-2'])
    await second.stop()
  })
})
