import { expect, test } from 'vitest'
import { VirtualClock } from '../../test/sim/virtual-clock.ts'
import { createHall } from '../bus/in-process.ts'
import type { ClusterView } from '../core/cluster.ts'
import { revisionsPerEpoch } from '../core/cluster.ts'
import type { Log } from '../core/ports.ts'
import type { PersonView } from '../core/view.ts'
import { digestOf, Mirror } from './mirror.ts'

const silent = () => {}
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, with: () => log }

function person(label: string, revision: number): PersonView {
  const state = { availability: 'available', activity: 'available', label } as const
  return {
    ...{ tenant: 't', id: 'anna', upn: 'anna@example.org', displayName: 'Anna', systems: [] },
    ...{ state, revision },
  }
}

/** Three nodes and one tenant with one person, whose view its owner tells. */
function createWorld() {
  const clock = new VirtualClock(1_800_000_000_000)
  const hall = createHall()
  const owned = { owner: 'one', epoch: 1, people: 1 }
  const nodeOf = (incarnation: string) => ({
    ...{ node: incarnation, incarnation, version: '1', leaseLeftMs: 10_000, renewals: 1 },
    ...{ connected: true, draining: false, fenced: false, weighs: true },
  })
  const seats = (): ClusterView => ({
    nodes: ['one', 'two', 'three'].map(nodeOf),
    tenants: [{ tenant: 't', ...owned }],
  })
  const join = (incarnation: string) => {
    let own: PersonView | undefined
    const clients: string[] = []
    /** It has the tenant, but not its people yet, or no more. */
    const moving = { on: false }
    const watchers = new Set<(view: PersonView) => void>()
    const mirror = new Mirror({
      ...{ bus: hall.join(), clock, log, incarnation, seats },
      has: () => !moving.on,
      status: () => ({
        digests: moving.on ? { t: digestOf([], Number) } : own ? { t: digestOf([own.revision], Number) } : {},
        connectors: [],
        clients,
      }),
      page: () => (own ? [own] : []),
      watch: (listener) => {
        watchers.add(listener)
        return () => void watchers.delete(listener)
      },
    })
    mirror.start()
    /** `quietly`: the message is lost. */
    const show = (view: PersonView, quietly = false) => {
      own = view
      if (!quietly) for (const listener of watchers) listener(view)
    }
    const forget = () => {
      own = undefined
    }
    return { mirror, show, forget, clients, moving }
  }
  return { clock, owned, join }
}

test('what another node tells after it has taken a tenant over bears a higher number, and is told on', async () => {
  const { clock, owned, join } = createWorld()
  const [one, two, three] = [join('one'), join('two'), join('three')]
  const heard: PersonView[] = []
  three.mirror.watch((view) => heard.push(view))
  one.show(person('free', revisionsPerEpoch))
  await clock.advance(3_000)
  for (const count of [1, 2, 3]) one.show(person(`free ${count}`, revisionsPerEpoch + count))
  await clock.advance(100)
  one.forget()
  Object.assign(owned, { owner: 'two', epoch: 2 })
  two.show(person('in a call', 2 * revisionsPerEpoch + 1), true)
  await clock.advance(3_000)
  one.show(person('late', revisionsPerEpoch + 4))
  await clock.advance(3_000)
  expect(heard.map(({ state }) => state.label)).toEqual(['free', 'free 1', 'free 2', 'free 3', 'in a call'])
  const revisions = heard.map(({ revision }) => revision)
  expect(revisions).toEqual(revisions.toSorted((a, b) => a - b))
})

test('whom a node does not know yet that has just taken the tenant over is shown as before, and not taken for gone', async () => {
  const { clock, owned, join } = createWorld()
  const [one, two, three] = [join('one'), join('two'), join('three')]
  one.show(person('free', revisionsPerEpoch))
  await clock.advance(3_000)
  expect(three.mirror.person('t', 'anna')?.state.label).toBe('free')
  one.forget()
  two.moving.on = true
  Object.assign(owned, { owner: 'two', epoch: 2 })
  await clock.advance(10_000)
  expect(three.mirror.person('t', 'anna')?.state.label).toBe('free')
  two.moving.on = false
  two.show(person('in a call', 2 * revisionsPerEpoch))
  await clock.advance(3_000)
  expect(three.mirror.person('t', 'anna')?.state.label).toBe('in a call')
})

test('what a node of the version before tells, which counts from 0, is shown as soon as it has the tenant', async () => {
  const { clock, owned, join } = createWorld()
  const [one, two, three] = [join('one'), join('two'), join('three')]
  one.show(person('free', revisionsPerEpoch + 7))
  await clock.advance(3_000)
  one.forget()
  Object.assign(owned, { owner: 'two', epoch: 2 })
  two.show(person('in a call', 1), true)
  await clock.advance(3_000)
  expect(three.mirror.person('t', 'anna')?.state.label).toBe('in a call')
})

test('which nodes have connectors that are counted as a client is told, and taken back', async () => {
  const { clock, join } = createWorld()
  const [one, two, three] = [join('one'), join('two'), join('three')]
  one.clients.push('graph contoso')
  two.clients.push('graph contoso', 'graph fabrikam')
  await clock.advance(3_000)
  expect(three.mirror.nodesWith('graph contoso')).toEqual(['one', 'two'])
  expect(two.mirror.nodesWith('graph fabrikam')).toEqual([])
  one.clients.pop()
  await clock.advance(3_000)
  expect(three.mirror.nodesWith('graph contoso')).toEqual(['two'])
})

test('sums of revisions stay exact after a million owners', () => {
  const high = 1_000_000 * revisionsPerEpoch
  const many = Array.from({ length: 10_000 }, (_, index) => high + index)
  expect(digestOf(many, Number)).not.toEqual(digestOf([high + 1, ...many.slice(1)], Number))
})
