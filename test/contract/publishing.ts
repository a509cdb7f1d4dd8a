import { expect } from 'vitest'
import type { AnyConnectorDefinition, Outcome, Publication } from '../../src/core/connector.ts'
import { type Presence, presenceName } from '../../src/core/presence.ts'
import { absence, type ConnectorWorld, expectClean, type Given, type Run, settle } from './world.ts'

const publication = (
  about: Pick<Publication, 'address' | 'slot' | 'act' | 'state'>,
  number = 1,
): Publication => ({ id: `publication-${number}`, refresh: false, lifeMs: 600_000, ...about })

export async function expectPublish(at: {
  run: Run
  definition: AnyConnectorDefinition
  slot: string
  state: Presence
  shown(address: string): Promise<Presence> | Presence
}): Promise<void> {
  const { run, slot, state } = at
  const { address } = run.world
  const declared = at.definition.writes(run.world.config).find((each) => each.slot === slot)
  expect(declared?.states).toContain(state)
  const neutral = declared!.neutral
  const instance = await run.started()
  const publish = (act: 'assert' | 'withdraw', number: number) =>
    settle(
      instance.publish!(
        publication({ address, slot, act, state: act === 'assert' ? state : neutral }, number),
      ),
      run.pass,
    )
  const done: readonly Outcome['kind'][] = ['applied', 'unchanged']
  const before = await at.shown(address)
  expect((await publish('assert', 1)).kind).toBe('applied')
  expect(presenceName(await at.shown(address))).toBe(presenceName(state))
  expect(done).toContain((await publish('assert', 1)).kind)
  expect(done).toContain((await publish('assert', 2)).kind)
  expect(presenceName(await at.shown(address))).toBe(presenceName(state))
  expect(done).toContain((await publish('withdraw', 3)).kind)
  expect(presenceName(await at.shown(address))).toBe(presenceName(before))
  expect(done).toContain((await publish('withdraw', 4)).kind)
  expect(presenceName(await at.shown(address))).toBe(presenceName(before))
  expectClean(run)
}

export async function expectRefusals(run: Run, written: Given<ConnectorWorld['written']>): Promise<void> {
  const { world } = run
  const { slot, state } = written
  const instance = await run.started()
  const kindOf = async (about: { address: string; slot: string }) =>
    (await settle(instance.publish!(publication({ act: 'assert', state, ...about })), run.pass)).kind
  expect(await kindOf({ address: world.unknown, slot })).toBe('rejected')
  expect(await kindOf({ address: world.address, slot: 'no-such-slot' })).toBe('rejected')
  if (absence(world.connection) === undefined) {
    const { cut, restore } = world.connection as Given<typeof world.connection>
    await cut()
    expect(['deferred', 'failed']).toContain(await kindOf({ address: world.address, slot }))
    await restore()
  }
  await settle(instance.stop(), run.pass)
  expect(['deferred', 'failed']).toContain(await kindOf({ address: world.address, slot }))
  expectClean(run)
}
