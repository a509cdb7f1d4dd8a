import { expect } from 'vitest'
import type { startHubBesideLab } from '../e2e/lab-hub.ts'
import { DND, FREE, IN_A_CALL } from '../e2e/lab-people.ts'

/** A phone system of the lab beside Teams, linked both ways; Anna has 1001 and Chiara 1003. */
type World = Pick<
  Awaited<ReturnType<typeof startHubBesideLab>>,
  'person' | 'pass' | 'passUntil' | 'phones' | 'dnd' | 'view' | 'hub'
>

/** Longer than Teams may take to show what was written, and than a write at any phone system settles. */
export const settledMs = 17_000

/** How long one side may take to follow the other, milliseconds. */
interface Within {
  readonly phone: number
  readonly teams: number
}

/** Do not disturb from either side, cleared on either side: on, off, on in Teams and off, on, off at the phone. */
export async function followBothWays(world: World, { phone, teams }: Within): Promise<void> {
  const { passUntil, pass, person, dnd, phones } = world
  const anna = person('anna')
  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow Teams', phone)
  await pass(settledMs)
  anna.status(null)
  await passUntil(() => !dnd('1001'), 'the phone to follow back', phone)
  await pass(settledMs)

  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow again', phone)
  await pass(settledMs)
  phones.setDnd('1001', false)
  await passUntil(() => anna.preferred() === undefined, 'Teams to be cleared at the phone', teams)
  await pass(settledMs)

  phones.setDnd('1001', true)
  await passUntil(() => anna.shown() === DND, 'Teams to follow the phone', teams)
  await pass(settledMs)
  phones.setDnd('1001', false)
  await passUntil(() => anna.preferred() === undefined, 'Teams to follow back', teams)
  await pass(settledMs)
  expect([anna.shown(), dnd('1001')]).toEqual([FREE, false])
}

/** What may happen to a phone system while somebody is in a call there. */
interface Loss {
  refuse(on: boolean): void
  /** How soon a call shows, the loss is noticed, and the end is seen once the system is back; milliseconds. */
  readonly within: { readonly call: number; readonly loss: number; readonly back: number }
}

/** It cannot be heard in mid-call: lost is not ended, also when the call has ended meanwhile; then that counts. */
export async function loseInMidCall(world: World, { refuse, within }: Loss): Promise<void> {
  const { phones, pass, passUntil, person, view } = world
  const anna = person('anna')
  phones.start({ extension: '1001' })
  await passUntil(() => anna.shown() === IN_A_CALL, 'In a call', within.call)
  refuse(true)
  const synced = () => view('anna').systems.find(({ connector }) => connector === 'pbx')!.synced
  await passUntil(() => !synced(), 'the phone system to be missed', within.loss)
  await pass(10_000, () => expect(anna.shown()).toBe(IN_A_CALL))
  phones.hangup('1001')
  await pass(10_000, () => expect(anna.shown()).toBe(IN_A_CALL))
  refuse(false)
  await passUntil(() => anna.shown() === FREE, 'the end to be seen when it is back', within.back)
  expect(synced()).toBe(true)
}

/** Two phones follow Teams into do not disturb; the hub that runs releases one of them, and the other stays. */
export async function releaseOneOfTwo(world: World, phoneMs: number): Promise<void> {
  const { pass, passUntil, person, dnd } = world
  person('anna').status(DND)
  person('chiara').status(DND)
  await passUntil(() => dnd('1001') && dnd('1003'), 'both phones to follow', phoneMs)
  await pass(settledMs)
  const { released, remaining } = await world.hub().port.release(person('chiara').upn)
  expect([released.length, remaining, dnd('1003'), dnd('1001')]).toEqual([1, 0, false, true])
}
