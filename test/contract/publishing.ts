import { expect } from 'vitest'
import type { AnyConnectorDefinition, Outcome, Publication } from '../../src/core/connector.ts'
import { presenceName } from '../../src/core/presence.ts'
import { absence, expectClean, type Given, type Run, settle, type WrittenSlot } from './world.ts'

/** A connector at its emulator. */
export interface Tried {
  readonly run: Run
  readonly definition: AnyConnectorDefinition
}

const publication = (
  about: Pick<Publication, 'address' | 'slot' | 'act' | 'state'>,
  number = 1,
): Publication => ({ id: `publication-${number}`, refresh: false, lifeMs: 600_000, ...about })

/** Every slot in which something may be shown is written by the suite, and no other. */
export function expectSlots({ run, definition }: Tried): void {
  const { written, config } = run.world
  const tried = absence(written) === undefined ? (written as Given<typeof written>) : []
  const declared = definition.writes(config).filter((each) => each.states.length > 0)
  expect(tried.map((each) => each.slot).sort()).toEqual(declared.map((each) => each.slot).sort())
}

export async function expectPublish(at: Tried, written: WrittenSlot): Promise<void> {
  const { run } = at
  const { slot, state } = written
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
  const before = await written.shown(address)
  expect((await publish('assert', 1)).kind).toBe('applied')
  expect(presenceName(await written.shown(address))).toBe(presenceName(state))
  expect(done).toContain((await publish('assert', 1)).kind)
  expect(done).toContain((await publish('assert', 2)).kind)
  expect(presenceName(await written.shown(address))).toBe(presenceName(state))
  expect(done).toContain((await publish('withdraw', 3)).kind)
  expect(presenceName(await written.shown(address))).toBe(presenceName(before))
  expect(done).toContain((await publish('withdraw', 4)).kind)
  expect(presenceName(await written.shown(address))).toBe(presenceName(before))
  expectClean(run)
}

export async function expectRefusals({ run }: Tried, written: WrittenSlot): Promise<void> {
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
