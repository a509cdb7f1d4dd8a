import { expect, test } from 'vitest'
import { FakeServer } from '../../test/cluster/fake-table.ts'
import { VirtualClock } from '../../test/sim/virtual-clock.ts'
import { createHall } from '../bus/in-process.ts'
import type { Clock, Log } from '../core/ports.ts'
import { Membership, type Taken } from './membership.ts'

const silent = () => {}
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, with: () => log }

/** Nodes over one virtual clock; each can be killed, stopped for a while, or cut off. */
function createWorld(tenants: readonly string[], together: readonly (readonly string[])[] = []) {
  const clock = new VirtualClock(1_800_000_000_000)
  const server = new FakeServer(clock)
  const hall = createHall()
  const people = new Map<string, number>()
  /** Tenants that cannot be begun anywhere. */
  const broken = new Set<string>()
  const join = async (name: string) => {
    const node = {
      name,
      running: new Set<string>(),
      taken: [] as Taken[],
      fenced: false,
      frozen: false,
      dead: false,
      /** So many times nothing can be begun there, or let go. */
      failures: 0,
      stays: 0,
      /** What was to be begun together: a letter each. */
      begun: [] as string[],
    }
    const own: Clock = {
      wall: () => clock.wall(),
      monotonic: () => clock.monotonic(),
      after: (ms, callback) =>
        clock.after(ms, () => {
          if (node.dead) return
          if (!node.frozen) callback()
          else own.after(100, callback)
        }),
    }
    const bus = hall.join()
    const membership = new Membership({
      ...{ table: server.table(name, name), bus, clock: own, log, tenants: () => tenants },
      together: () => together,
      peopleOf: (tenant) => people.get(tenant) ?? 0,
      begin: async (taken) => {
        node.taken.push(...taken)
        node.begun.push(taken.map(({ tenant }) => tenant).join(''))
        if (node.failures-- > 0) {
          server.cut(name)
          throw new Error('the store went meanwhile')
        }
        if (taken.some(({ tenant }) => broken.has(tenant))) throw new Error('a row cannot be read')
        for (const { tenant } of taken) node.running.add(tenant)
      },
      letGo: async (tenant) => {
        node.running.delete(tenant)
        if (node.stays-- > 0) throw new Error('the store went meanwhile')
      },
      fenced: () => {
        node.fenced = true
        node.running.clear()
      },
    })
    await membership.start()
    const kill = async () => {
      node.dead = true
      node.running.clear()
      server.cut(name)
      await bus.close()
    }
    return { ...node, node, membership, kill, bus }
  }
  type Joined = Awaited<ReturnType<typeof join>>
  /** Each tenant runs at one node, which is its owner. */
  const isServed = (...nodes: readonly Joined[]) =>
    tenants.every((tenant) => {
      const at = nodes.filter(({ node }) => node.running.has(tenant))
      return at.length === 1 && server.ownerOf(tenant) === at[0]!.name
    })
  return { clock, server, people, broken, join, isServed }
}

const six = ['a', 'b', 'c', 'd', 'e', 'f']

test('the first node takes everything, and gives each that joins its part', async () => {
  const { clock, join, isServed } = createWorld(six)
  const one = await join('one')
  await clock.settle()
  expect(one.node.running.size).toBe(6)
  const two = await join('two')
  const three = await join('three')
  await clock.advance(2_000)
  expect(isServed(one, two, three)).toBe(true)
  expect([one, two, three].map(({ node }) => node.running.size)).toEqual([2, 2, 2])
  expect(two.node.taken.every(({ after }) => after === 'handover')).toBe(true)
})

test('a node keeps its large tenant when another joins, as soon as its people are noted', async () => {
  const { clock, server, people, join, isServed } = createWorld(six)
  const one = await join('one')
  people.set('c', 10_000)
  await clock.advance(4_000)
  expect(server.tenants.get('c')).toMatchObject({ owner: 'one', people: 10_000, epoch: 1 })
  const two = await join('two')
  await clock.advance(2_000)
  expect(isServed(one, two)).toBe(true)
  expect([...one.node.running]).toEqual(['c'])
  people.set('c', 10_500)
  await clock.advance(60_000)
  expect(server.tenants.get('c')).toMatchObject({ people: 10_000, epoch: 1 })
})

test('beside a node of a version that counts tenants, they are counted', async () => {
  const { clock, server, people, join } = createWorld(six)
  const one = await join('one')
  people.set('c', 10_000)
  await clock.advance(4_000)
  server.old.add('two')
  const two = await join('two')
  await clock.advance(2_000)
  expect([one, two].map(({ node }) => node.running.size)).toEqual([3, 3])
  server.old.clear()
  await clock.advance(2_000)
  expect([one, two].map(({ node }) => node.running.size).toSorted()).toEqual([1, 5])
})

test('tenants that belong together go together, when a node joins and when one dies', async () => {
  const { clock, join, isServed } = createWorld(six, [
    ['a', 'f'],
    ['f', 'c'],
    ['b', 'd'],
  ])
  const parts = ({ node }: { readonly node: { readonly running: ReadonlySet<string> } }) =>
    [...node.running].toSorted().join('')
  const all = [await join('one'), await join('two'), await join('three')]
  await clock.advance(5_000)
  expect(isServed(...all)).toBe(true)
  const isWhole = (one: (typeof all)[number]) =>
    /^[^acf]*$|acf|a.*c.*f/.test(parts(one)) && /^[^bd]*$|b.*d/.test(parts(one))
  expect(all.map(isWhole)).toEqual([true, true, true])
  const holder = all.find(({ node }) => node.running.has('a'))!
  await holder.kill()
  const left = all.filter((each) => each !== holder)
  expect(await clock.until(() => isServed(...left), 2_000)).toBe(true)
  await clock.advance(5_000)
  expect(left.map(isWhole)).toEqual([true, true])
})

test('a killed node is replaced within two seconds, and what it sent is waited for', async () => {
  const { clock, join, isServed } = createWorld(six)
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  await one.kill()
  expect(await clock.until(() => isServed(two), 2_000)).toBe(true)
  expect(two.node.taken.filter(({ after }) => after === 'death')).toHaveLength(3)
  const epochs = (joined: typeof one) =>
    new Map(joined.node.taken.map(({ tenant, epoch }) => [tenant, epoch]))
  for (const [tenant, epoch] of epochs(two)) expect(epoch).toBeGreaterThan(epochs(one).get(tenant)!)
})

test('what could not be begun is tried again as it came: what a dead node sent is still waited for', async () => {
  const { clock, join, isServed } = createWorld(['a'])
  const one = await join('one')
  await clock.settle()
  const two = await join('two')
  await clock.advance(2_000)
  two.node.failures = 1
  await one.kill()
  await clock.advance(2_000)
  expect(two.node.running.size).toBe(0)
  await clock.advance(6_000)
  expect(isServed(two)).toBe(true)
  expect(two.node.taken.map(({ tenant, after }) => `${tenant} after ${after}`)).toEqual([
    'a after death',
    'a after death',
  ])
})

test('a tenant that cannot be begun keeps no other from coming, and is told of', async () => {
  const { clock, broken, join } = createWorld(six)
  broken.add('f')
  const since = clock.wall()
  const one = await join('one')
  await clock.advance(12_000)
  expect([...one.node.running].join('')).toBe('abcde')
  expect(one.membership.unbegun).toEqual([{ tenant: 'f', since, reason: 'a row cannot be read' }])
  broken.clear()
  await clock.advance(6_000)
  expect(one.node.running.size).toBe(6)
  expect(one.membership.unbegun).toEqual([])
})

test('where the store goes while tenants are begun, they are begun together when it is back', async () => {
  const { clock, join } = createWorld(six)
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  two.node.failures = 1
  const before = two.node.begun.length
  await one.kill()
  await clock.advance(8_000)
  const [failed, again] = two.node.begun.slice(before)
  expect(failed).toHaveLength(3)
  expect(again).toBe(failed)
})

test('a tenant that could not be let go, because the store went, is let go when that is back', async () => {
  const { clock, join, isServed } = createWorld(six)
  const one = await join('one')
  await clock.settle()
  one.node.stays = 3
  const two = await join('two')
  await clock.advance(5_000)
  expect(isServed(one, two)).toBe(true)
  expect([one, two].map(({ node }) => node.running.size)).toEqual([3, 3])
})

test('a tenant that could not be let go, and is to stay after all, is begun anew', async () => {
  const { clock, join, isServed } = createWorld(six)
  const one = await join('one')
  await clock.settle()
  one.node.stays = 1_000
  const two = await join('two')
  await clock.advance(2_000)
  await two.kill()
  await clock.advance(5_000)
  expect(isServed(one)).toBe(true)
})

test('where it is not told that a tenant was taken, what a dead node sent is still waited for', async () => {
  const { clock, server, join, isServed } = createWorld(['a', 'b'])
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  server.unanswered = 1
  await one.kill()
  expect(await clock.until(() => isServed(two), 3_000)).toBe(true)
  expect(two.node.taken.map(({ after }) => after)).toEqual(['handover', 'death'])
})

test('what a dead node sent may arrive for longer than a new node takes to join: until then nothing is handed on', async () => {
  const { clock, server, join, isServed } = createWorld(['a', 'b'])
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  expect(server.ownerOf('a')).toBe('two')
  await two.kill()
  await clock.advance(1_000)
  const three = await join('three')
  await clock.advance(8_000)
  expect([...one.node.running].toSorted()).toEqual(['a', 'b'])
  await clock.advance(5_000)
  expect([one, three].map(({ node }) => [...node.running])).toEqual([['b'], ['a']])
  expect(isServed(one, three)).toBe(true)
})

test('a node that leaves just after it took over from a dead one leaves the wait to the next', async () => {
  const { clock, join, isServed } = createWorld(['a', 'b'])
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  await one.kill()
  expect(await clock.until(() => isServed(two), 2_000)).toBe(true)
  const three = await join('three')
  await two.membership.stop()
  expect(await clock.until(() => isServed(three), 1_000)).toBe(true)
  const [inherited] = two.node.taken.filter(({ after }) => after === 'death')
  expect(three.node.taken.find(({ tenant }) => tenant === inherited!.tenant)?.after).toBe('death')
})

test('a lease is renewed while many tenants are taken one after the other', async () => {
  const many = Array.from({ length: 1_000 }, (_, number) => `t${number}`)
  const { clock, server, join } = createWorld(many)
  server.takeMs = 20
  const joined = join('one')
  await clock.advance(25_000)
  const one = await joined
  expect(one.node.running.size).toBe(1_000)
  expect(server.nodes.get('one')!.renewals).toBeGreaterThan(6)
  expect(one.membership.leaseLeftMs).toBeGreaterThan(4_000)
})

test('a node that stands still loses its tenants when its lease ends, not before, and learns of it', async () => {
  const { clock, join, isServed } = createWorld(six)
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  one.node.frozen = true
  await clock.advance(6_000)
  expect(one.membership.leaseLeftMs).toBeLessThan(4_000)
  expect(two.node.running.size).toBe(3)
  expect(await clock.until(() => two.node.running.size === 6, 6_500)).toBe(true)
  expect(one.membership.leaseLeftMs).toBeLessThanOrEqual(0)
  one.node.frozen = false
  expect(await clock.until(() => one.node.fenced, 1_000)).toBe(true)
  expect(one.membership.leaseLeftMs).toBe(0)
  expect(isServed(one, two)).toBe(true)
})

test('a node whose connection to the store broke is left its tenants as long as it answers', async () => {
  const { clock, server, join, isServed } = createWorld(six)
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  server.cut('one')
  expect(one.membership.leaseLeftMs).toBe(0)
  await clock.advance(1_000)
  expect(isServed(one, two)).toBe(true)
  expect(one.membership.leaseLeftMs).toBeGreaterThan(8_000)
})

test('while the store is away nobody writes and nobody takes; a minute later everything is as it was', async () => {
  const { clock, server, join, isServed } = createWorld(six)
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  server.down = true
  for (const name of ['one', 'two']) server.cut(name)
  await clock.advance(60_000)
  expect([one, two].map(({ membership }) => membership.leaseLeftMs)).toEqual([0, 0])
  expect([one, two].map(({ node }) => node.running.size)).toEqual([3, 3])
  server.down = false
  await clock.advance(5_000)
  expect(isServed(one, two)).toBe(true)
  expect([one, two].every(({ node }) => !node.fenced)).toBe(true)
})

test('a step of the clock makes no living node dead', async () => {
  const { clock, join, isServed } = createWorld(six)
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  for (const hours of [3, -3]) {
    clock.stepWall(hours * 3_600_000)
    await clock.advance(30_000)
    expect(isServed(one, two)).toBe(true)
    expect([one, two].every(({ node }) => !node.fenced && node.running.size === 3)).toBe(true)
  }
})

test('a node that leaves hands everything over first', async () => {
  const { clock, join, isServed } = createWorld(six)
  const [one, two] = [await join('one'), await join('two')]
  await clock.advance(2_000)
  await one.membership.stop()
  expect(one.node.running.size).toBe(0)
  expect(await clock.until(() => isServed(two), 500)).toBe(true)
  expect(two.node.taken.every(({ after }) => after === 'handover' || after === 'nobody')).toBe(true)
})

test('the last node that leaves leaves nothing behind that the next has to wait for', async () => {
  const { clock, server, join } = createWorld(six)
  const one = await join('one')
  await clock.advance(1_000)
  await one.membership.stop()
  expect([...server.tenants.values()].map(({ owner }) => owner)).toEqual(six.map(() => ''))
  const two = await join('two')
  await clock.settle()
  expect(two.node.taken.map(({ after }) => after)).toEqual(six.map(() => 'nobody'))
})
