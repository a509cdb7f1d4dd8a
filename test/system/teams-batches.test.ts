import { afterEach, describe, expect, it } from 'vitest'
import type { TeamsConfig } from '../../src/connectors/teams/config.ts'
import { teams } from '../../src/connectors/teams/definition.ts'
import type { Publication } from '../../src/core/connector.ts'
import { OFFLINE } from '../../src/core/presence.ts'
import { recordingContext } from '../contract/context.ts'
import { openTeamsLab, publication, stranger } from './teams-world.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open(settings: Partial<TeamsConfig> = {}) {
  const world = await openTeamsLab({ more: 47 })
  closers.push(() => world.lab.stop())
  const { context } = recordingContext()
  const instance = teams.create({ ...world.config, ...settings } as unknown as TeamsConfig, context)
  closers.push(() => instance.stop())
  const tenant = [...world.lab.tenants.values()][0]!
  const everybody = tenant.people().map((person) => person.user.id)
  const publish = (address: string, change: Partial<Publication> = {}) =>
    instance.publish!(publication({ address, ...change }))
  const ends = { act: 'withdraw', state: OFFLINE } as const
  // A connection and a token are there already, as in a hub that runs.
  await publish(world.id('anna'), ends)
  const from = world.lab.requests.last
  /** Requests to Graph since then: of batches, of their parts or by themselves. */
  const counts = () => {
    const seen = world.lab.requests.since(from).filter(({ target }) => target === 'graph')
    const batches = seen.filter(({ path }) => path.endsWith('/$batch')).length
    return { batches, writes: seen.length - batches }
  }
  return { ...world, tenant, everybody, publish, counts, ends }
}

describe('writes that are ready at the same moment', () => {
  it('go as one request, at most 20 of them; each has its own outcome', async () => {
    const { everybody, publish, counts, tenant } = await open()
    expect(everybody).toHaveLength(50)
    const outcomes = await Promise.all(everybody.map((id) => publish(id)))
    expect(outcomes.every(({ kind }) => kind === 'applied')).toBe(true)
    expect(everybody.every((id) => tenant.shown(tenant.byId(id)!) === 'Busy/InACall')).toBe(true)
    expect(counts()).toEqual({ batches: 3, writes: 50 })
  })

  it('one alone goes alone', async () => {
    const { id, publish, counts } = await open()
    expect(await publish(id('anna'))).toMatchObject({ kind: 'applied' })
    expect(counts()).toEqual({ batches: 0, writes: 1 })
  })

  it('batchWrites: false sends each by itself', async () => {
    const { everybody, publish, counts } = await open({ batchWrites: false })
    await Promise.all(everybody.map((id) => publish(id)))
    expect(counts()).toEqual({ batches: 0, writes: 50 })
  })

  it('some are refused, some are told to wait, and the others stand', async () => {
    const { id, publish, lab, shown, ends } = await open()
    lab.faults.add({
      ...{ target: 'graph', kind: 'status', status: 429, retryAfter: 7 },
      ...{ path: id('ben'), count: 1 },
    })
    const outcomes = await Promise.all([
      publish(id('anna')),
      publish(id('ben')),
      publish(stranger),
      publish(id('cleo'), ends),
    ])
    expect(outcomes).toMatchObject([
      { kind: 'applied' },
      { kind: 'deferred', retryAfterMs: 7_000 },
      { kind: 'rejected', fix: expect.stringMatching(/exists/) },
      { kind: 'unchanged' },
    ])
    expect([shown('anna'), shown('ben')]).toEqual(['Busy/InACall', 'Available/Available'])
  })

  it.each([
    ['a refused token is replaced for all', { kind: 'revoke-tokens', target: 'entra' }, 'applied'],
    ['429 for the whole', { kind: 'status', status: 429, retryAfter: 3, target: 'graph' }, 'deferred'],
    ['503 for the whole', { kind: 'status', status: 503, target: 'graph' }, 'failed'],
    ['a cut connection', { kind: 'drop', target: 'graph' }, 'failed'],
    ['an answer that is none', { kind: 'status', status: 200, target: 'graph' }, 'failed'],
  ] as const)('%s', async (_name, fault, kind) => {
    const { id, publish, lab } = await open()
    lab.faults.add({ ...fault, count: 1 })
    const outcomes = await Promise.all([publish(id('anna')), publish(id('ben'))])
    expect(outcomes.map((one) => one.kind)).toEqual([kind, kind])
  })

  it('where $batch is refused, each goes by itself, and so do the next', async () => {
    const { id, publish, lab, counts } = await open()
    lab.faults.add({ target: 'graph', kind: 'status', status: 404, path: '/$batch' })
    const both = () => Promise.all([publish(id('anna')), publish(id('ben'))])
    expect((await both()).map(({ kind }) => kind)).toEqual(['applied', 'applied'])
    expect(counts()).toEqual({ batches: 1, writes: 2 })
    await both()
    expect(counts()).toEqual({ batches: 1, writes: 4 })
  })
})
