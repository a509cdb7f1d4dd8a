import { expect } from 'vitest'
import type { LoggedRequest } from '../../../src/lab/request-log.ts'
import { callOf, DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from '../e2e/lab-people.ts'
import { samplePeople } from '../e2e/world.ts'
import { until } from '../support/child.ts'
import type { KillWorld } from './kill-world.ts'

/** The hub is killed, and started again on what it left. */

export async function killedInMidCall({ world, who, start, kill, soon }: KillWorld): Promise<void> {
  const teams = world.person(who.name)
  await start()
  world.phone(who.extension).dial()
  await until(() => teams.shown() === IN_A_CALL, 'In a call', soon + 7_000)
  await kill()
  expect(teams.shown()).toBe(IN_A_CALL)
  const again = await start()
  await until(
    async () => (await again.person(teams.upn)).state.label === 'In a call',
    'the hub to know the call',
    soon + 7_000,
  )
  expect(teams.shown()).toBe(IN_A_CALL)
  world.phone(who.extension).hangup()
  await until(() => teams.shown() === FREE && teams.sessions() === 0, 'Available', soon)
  const written = teamsWrites(world.lab, 0, teams.upn).map(callOf)
  expect(written.length).toBeLessThanOrEqual(3)
  expect(written.at(-1)).toBe('clearPresence')
}

export async function callEndsMeanwhile({ world, who, start, kill, soon }: KillWorld): Promise<void> {
  const teams = world.person(who.name)
  await start()
  world.phone(who.extension).dial()
  await until(() => teams.shown() === IN_A_CALL, 'In a call', soon + 7_000)
  await kill()
  world.phone(who.extension).hangup()
  await start()
  await until(() => teams.shown() === FREE && teams.sessions() === 0, 'Teams to be cleared', soon)
}

export async function ledgerLostInMidCall({
  world,
  who,
  start,
  kill,
  loseLedger,
  soon,
}: KillWorld): Promise<void> {
  const teams = world.person(who.name)
  await start()
  world.phone(who.extension).dial()
  await until(() => teams.shown() === IN_A_CALL, 'In a call', soon + 7_000)
  await kill()
  loseLedger()
  const again = await start()
  await until(
    async () => (await again.person(teams.upn)).state.label === 'In a call',
    'the hub to know the call',
    soon + 7_000,
  )
  world.phone(who.extension).hangup()
  await until(() => teams.shown() === FREE && teams.sessions() === 0, 'Available', soon)
  await until(
    async () => (await again.person(teams.upn)).state.label === 'Available',
    'the hub to see it',
    soon,
  )
  expect(world.phone(who.extension).dnd()).toBe('off')
  // And the next call is shown as ever.
  world.phone(who.extension).dial()
  await until(() => teams.shown() === IN_A_CALL, 'In a call', soon)
}

export async function ledgerLostInDoNotDisturb({
  world,
  who,
  start,
  kill,
  loseLedger,
  soon,
}: KillWorld): Promise<void> {
  const teams = world.person(who.name)
  const phone = world.phone(who.extension)
  await start()
  teams.status(DND)
  await until(() => phone.dnd() === 'on', 'the phone to follow', soon + 7_000)
  await kill()
  loseLedger()
  await start()
  expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on'])
  expect(teamsWrites(world.lab, 0, teams.upn)).toEqual([])
  teams.status(null)
  await until(() => phone.dnd() === 'off', 'the phone to follow back', soon)
}

async function clearedMeanwhile(
  { world, who, start, kill, soon }: KillWorld,
  where: 'Teams' | 'the phone',
): Promise<void> {
  const teams = world.person(who.name)
  const phone = world.phone(who.extension)
  await start()
  teams.status(DND)
  await until(() => phone.dnd() === 'on', 'the phone to follow', soon + 7_000)
  // The settle read that follows a write tells that its outcome is stored. Killed before it, the hub writes again.
  const [write] = phoneWrites(world.lab).filter(({ path }) => path.includes(who.extension))
  const isSettleRead = ({ at, path }: LoggedRequest) => path.includes(who.extension) && at > write!.at + 1_900
  await until(
    () => world.lab.requests.since(write!.sequence).some(isSettleRead),
    'the settle read',
    soon + 7_000,
  )
  await kill()
  if (where === 'Teams') teams.status(null)
  else phone.pressDnd(false)
  await start()
  await until(
    () => phone.dnd() === 'off' && teams.preferred() === undefined && teams.shown() === FREE,
    () => `both sides to be free; Teams ${teams.shown()}, phone ${phone.dnd()}`,
    soon + 17_000,
  )
}

export const clearedInTeams = (one: KillWorld) => clearedMeanwhile(one, 'Teams')
export const clearedAtThePhone = (one: KillWorld) => clearedMeanwhile(one, 'the phone')

export async function personRemoved({ world, start, kill, soon }: KillWorld): Promise<void> {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  await start()
  teams.status(DND)
  await until(() => phone.dnd() === 'on', 'the phone to follow', soon + 7_000)
  const ben = world.person('ben')
  world.phone('1002').dial()
  await until(() => ben.shown() === IN_A_CALL, 'In a call', soon + 7_000)
  await kill()
  const removed = new Set([teams.upn, ben.upn])
  await start({ people: samplePeople().filter(({ upn }) => !removed.has(upn)) })
  await until(() => phone.dnd() === 'off', 'the phone of who is gone to ring', soon)
  await until(() => ben.sessions() === 0 && ben.shown() === FREE, 'Teams of who is gone to be free', soon)
  // What the person chose in Teams is the person's own.
  expect(teams.preferred()).toBe(DND)
}

export async function extensionMoved({ world, start, kill, soon }: KillWorld): Promise<void> {
  const anna = world.person('anna')
  const chiara = world.person('chiara')
  const phone = world.phone('1001')
  await start()
  anna.status(DND)
  await until(() => phone.dnd() === 'on', 'the phone to follow', soon + 7_000)
  world.phone('1001').dial()
  await until(
    () => anna.sessions() === 1 || anna.shown() === DND,
    'the call to be written or covered',
    soon + 7_000,
  )
  await kill()
  const people = samplePeople()
    .filter(({ upn }) => upn !== anna.upn)
    .map((one) => (one.upn === chiara.upn ? { ...one, addresses: { pbx: ['1003', '1001'] } } : one))
  await start({ people: [...people, { upn: anna.upn, addresses: {} }] })
  await until(() => phone.dnd() === 'off', 'what was written for the former owner to be taken back', soon)
  await until(() => chiara.shown() === IN_A_CALL, 'the call to show at the new owner', soon + 12_000)
  await until(() => anna.sessions() === 0, 'nothing of it to be left at the former owner', soon)
  world.phone('1001').hangup()
  await until(() => chiara.shown() === FREE, 'Available', soon)
  expect(chiara.preferred()).toBeUndefined()
}
