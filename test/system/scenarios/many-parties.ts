import { expect } from 'vitest'
import type { Lab } from '../../../src/lab/lab.ts'
import type { Pair } from '../../../src/lab/microsoft/states.ts'
import { callOf, FREE, IN_A_CALL, type LabPerson, teamsWrites, upnOf } from '../e2e/lab-people.ts'

/** Calls of more than two, and calls that change hands. Any phone system of the lab that shows every leg will do. */
export interface Office {
  readonly lab: Lab
  person(name: string): LabPerson
  pass(ms: number, look?: () => void): Promise<void>
  passUntil(look: () => unknown, what: string, ms: number): Promise<void>
}

/** Longer than any grace, any look at a system that is not told, and the time in which our own writes are settled. */
const settledMs = 18_000
/** How soon a change at a phone has to be seen. */
const soonMs = 10_000

const extensions = { anna: '1001', chiara: '1003', elif: '1005' } as const
type Name = keyof typeof extensions
const names = Object.keys(extensions) as Name[]

const once: readonly Pair[] = [FREE, IN_A_CALL, FREE]
const never: readonly Pair[] = [FREE]

/** What Teams shows of each of them, every change of it, from now on. */
function watch(office: Office) {
  const seen: Record<Name, Pair[]> = { anna: [], chiara: [], elif: [] }
  const look = () => {
    for (const name of names) {
      const shown = office.person(name).shown()
      if (seen[name].at(-1) !== shown) seen[name].push(shown)
    }
  }
  look()
  const shown = () => names.filter((name) => office.person(name).shown() === IN_A_CALL)
  return {
    seen,
    /** Exactly these are In a call soon, and stay so. */
    async inACall(...some: readonly Name[]) {
      const expected = names.filter((name) => some.includes(name))
      const fits = () => {
        look()
        return shown().join() === expected.join()
      }
      await office.passUntil(fits, `In a call: ${expected.join(' and ') || 'nobody'}`, soonMs)
      await office.pass(settledMs, () => {
        look()
        expect(shown()).toEqual(expected)
      })
    },
  }
}

const written = ({ lab }: Office, name: Name) => teamsWrites(lab, 0, upnOf(name)).map(callOf)

/** Three phones ring, one takes the call. */
export async function ringGroup(office: Office, ringing: 'counts' | 'does not count'): Promise<void> {
  const { phones } = office.lab
  const { seen, inACall } = watch(office)
  phones.ring(Object.values(extensions))
  await inACall(...(ringing === 'counts' ? names : []))
  phones.answer(extensions.chiara)
  await inACall('chiara')
  phones.hangup(extensions.chiara)
  await inACall()
  const others = ringing === 'counts' ? once : never
  expect(seen).toEqual({ anna: others, chiara: once, elif: others })
  if (ringing === 'does not count') {
    expect([written(office, 'anna'), written(office, 'elif')]).toEqual([[], []])
  }
}

/** Nobody answers: the caller gives up. */
export async function ringGroupGivenUp(office: Office): Promise<void> {
  const { phones } = office.lab
  const { seen, inACall } = watch(office)
  const { legs } = phones.ring(Object.values(extensions))
  await inACall()
  phones.hangup(extensions.anna, legs[0]!.call)
  await inACall()
  expect(seen).toEqual({ anna: never, chiara: never, elif: never })
}

/** Anna parks her call; nobody is in it until Chiara picks it up. */
export async function parkAndPickUp(office: Office): Promise<void> {
  const { phones } = office.lab
  const { seen, inACall } = watch(office)
  phones.start({ extension: extensions.anna, direction: 'inbound' })
  await inACall('anna')
  const parked = phones.park(extensions.anna)
  await inACall()
  phones.pickUp(extensions.chiara, parked.id)
  await inACall('chiara')
  phones.hangup(extensions.chiara)
  await inACall()
  expect(seen).toEqual({ anna: once, chiara: once, elif: never })
}

/** A room at the phone system: who opened it leaves first; Chiara has a second call beside it. */
export async function conference(office: Office): Promise<void> {
  const { phones } = office.lab
  const { seen, inACall } = watch(office)
  for (const name of names) {
    phones.start({ extension: extensions[name], to: '8000', party: 'internal' })
    await inACall(...names.slice(0, names.indexOf(name) + 1))
  }
  phones.hangup(extensions.anna)
  await inACall('chiara', 'elif')
  const [room] = phones.legs(extensions.chiara)
  const second = phones.start({ extension: extensions.chiara, direction: 'inbound' })
  phones.hangup(extensions.chiara, room!.call)
  await inACall('chiara', 'elif')
  phones.hangup(extensions.elif)
  await inACall('chiara')
  phones.hangup(extensions.chiara, second.id)
  await inACall()
  expect(seen).toEqual({ anna: once, chiara: once, elif: once })
}

/** A conference that Anna's phone holds together: it ends for all when she leaves, but for who talks elsewhere too. */
export async function conferenceAtAPhone(office: Office): Promise<void> {
  const { phones } = office.lab
  const { seen, inACall } = watch(office)
  phones.start({ extension: extensions.anna, to: extensions.chiara })
  phones.hold(extensions.anna, true)
  phones.start({ extension: extensions.anna, to: extensions.elif })
  phones.hold(extensions.anna, false)
  await inACall(...names)
  const own = phones.start({ extension: extensions.elif, direction: 'inbound' })
  phones.hangup(extensions.anna)
  await inACall('elif')
  phones.hangup(extensions.elif, own.id)
  await inACall()
  expect(seen).toEqual({ anna: once, chiara: once, elif: once })
}

/** A second call waits while Anna talks: one that gives up, and one that she takes and that outlives the first. */
export async function callWaiting(office: Office): Promise<void> {
  const { phones } = office.lab
  const { seen, inACall } = watch(office)
  const { anna } = extensions
  const first = phones.start({ extension: anna })
  await inACall('anna')
  const missed = phones.start({ extension: anna, direction: 'inbound', answer: false })
  await inACall('anna')
  phones.hangup(anna, missed.id)
  await inACall('anna')
  const second = phones.start({ extension: anna, direction: 'inbound', answer: false })
  await inACall('anna')
  phones.hold(anna, true)
  phones.answer(anna)
  await inACall('anna')
  phones.hangup(anna, first.id)
  await inACall('anna')
  expect(written(office, 'anna')).toEqual(['setPresence'])
  phones.hangup(anna, second.id)
  await inACall()
  expect(seen.anna).toEqual(once)
  expect(written(office, 'anna')).toEqual(['setPresence', 'clearPresence'])
}

/** To Chiara, whose phone rings: Anna is free, Chiara is when she answers. */
export async function blindTransfer(office: Office): Promise<void> {
  const { phones } = office.lab
  const { seen, inACall } = watch(office)
  phones.start({ extension: extensions.anna, direction: 'inbound' })
  await inACall('anna')
  phones.transfer(extensions.anna, extensions.chiara)
  await inACall()
  phones.answer(extensions.chiara)
  await inACall('chiara')
  phones.hangup(extensions.chiara)
  await inACall()
  expect(seen).toEqual({ anna: once, chiara: once, elif: never })
}

/** Anna asks Chiara first, then leaves the call to her. */
export async function attendedTransfer(office: Office): Promise<void> {
  const { phones } = office.lab
  const { seen, inACall } = watch(office)
  phones.start({ extension: extensions.anna, direction: 'inbound' })
  await inACall('anna')
  phones.hold(extensions.anna, true)
  phones.start({ extension: extensions.anna, to: extensions.chiara })
  await inACall('anna', 'chiara')
  phones.transfer(extensions.anna, extensions.chiara)
  await inACall('chiara')
  phones.hangup(extensions.chiara)
  await inACall()
  expect(seen).toEqual({ anna: once, chiara: once, elif: never })
  for (const name of ['anna', 'chiara'] as const) {
    expect(written(office, name)).toEqual(['setPresence', 'clearPresence'])
  }
}
