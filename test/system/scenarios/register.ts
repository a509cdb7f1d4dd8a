import { expect } from 'vitest'
import type { PersonView } from '../../../src/core/view.ts'
import type { FaultTarget } from '../../../src/lab/faults.ts'
import type { Lab } from '../../../src/lab/lab.ts'
import { DND, FREE, IN_A_CALL, type LabPerson } from '../e2e/lab-people.ts'

/** A phone system whose extensions have one register of states (a profile, a presence), beside Teams. */
interface World {
  readonly lab: Lab
  person(name: string): LabPerson
  view(name: string): PersonView
  pass(ms: number, look?: () => void): Promise<void>
  passUntil(look: () => unknown, what: string, ms: number): Promise<void>
}

export const settledMs = 20_000

/** The register of Anna's extension: whether it says do not disturb, or that she is available, and how she picks one. */
interface Register {
  silent(): boolean
  free(): boolean
  pick(silent: boolean): void
}

/** Do not disturb from either side, cleared on either side: on, off, on in Teams and off, on at the phone, off in Teams. */
export async function followRegister(
  world: World,
  { silent, free, pick }: Register,
  soonMs: number,
): Promise<void> {
  const anna = world.person('anna')
  anna.status(DND)
  await world.passUntil(silent, 'the phone system to follow', soonMs)
  await world.pass(settledMs)
  anna.status(null)
  await world.passUntil(free, 'cleared in Teams', soonMs)
  await world.pass(settledMs)
  anna.status(DND)
  await world.passUntil(silent, 'the phone system to follow again', soonMs)
  await world.pass(settledMs)
  pick(false)
  await world.passUntil(() => anna.shown() === FREE, 'cleared at the phone system', soonMs)
  await world.pass(settledMs)
  pick(true)
  await world.passUntil(() => anna.shown() === DND, 'picked at the phone system', soonMs)
  await world.pass(settledMs)
  anna.status(null)
  await world.passUntil(free, 'cleared in Teams', soonMs)
  await world.pass(settledMs)
  expect([anna.shown(), free()]).toEqual([FREE, true])
}

/** The lab refuses every connection to a target for two minutes in mid-call, and the call ends meanwhile. */
export async function refuseInMidCall(world: World, target: FaultTarget): Promise<void> {
  const anna = world.person('anna')
  const call = world.lab.phones.start({ extension: '1001' }).id
  await world.passUntil(() => anna.shown() === IN_A_CALL, 'In a call', 2_000)
  world.lab.faults.add({ target, kind: 'refuse' })
  await world.pass(120_000, () => expect(anna.shown()).toBe(IN_A_CALL))
  expect(world.view('anna').systems.find(({ connector }) => connector === 'pbx')?.synced).toBe(false)
  world.lab.phones.hangup('1001', call)
  await world.pass(5_000, () => expect(anna.shown()).toBe(IN_A_CALL))
  world.lab.faults.clear()
  await world.passUntil(() => anna.shown() === FREE, 'the end, once it is known', 90_000)
}
