import { setTimeout as wait } from 'node:timers/promises'
import type { Baresip } from '../support/baresip.ts'
import { MachineLoad } from './machine.ts'
import type { Deed, Oracle } from './oracle/expected.ts'
import { pickOf, type Random } from './oracle/random.ts'
import type { Story } from './oracle/story.ts'
import type { ClusterPerson } from './people.ts'
import type { ClusterWorld } from './world.ts'

/** Two people with real phones at a real PBX, who call nobody but each other. */
export interface Pair {
  readonly people: readonly [ClusterPerson, ClusterPerson]
  readonly phones: readonly [Baresip, Baresip]
}

export interface LifeParts {
  readonly world: ClusterWorld
  readonly oracle: Oracle
  readonly stories: readonly Story[]
  readonly random: Random
  /** Who has a phone of the lab. */
  readonly people: readonly ClusterPerson[]
  readonly pairs: readonly Pair[]
}

/** Two cores carry so many deeds and everything that follows from them: three hubs, the lab, PostgreSQL, the listeners. */
const quickestMs = 50
const paceMs = 2_000
const slowest = 5

/** People do less where other programs leave less of the machine: what is tried is faults, not how much a machine can do. */
class Pace {
  readonly #ownMs: number
  readonly #load = new MachineLoad()
  #factor = 1
  #readAt = performance.now()

  constructor(ownMs: number) {
    this.#ownMs = ownMs
  }

  /** From one deed to the next, milliseconds. */
  get pauseMs(): number {
    if (performance.now() - this.#readAt > paceMs) {
      this.#readAt = performance.now()
      this.#factor = Math.min(slowest, 1 / (1 - this.#load.take().others))
    }
    return this.#ownMs * this.#factor
  }
}

/** What people do, told to those who are to know before it is done. */
export class Life {
  readonly #parts: LifeParts
  readonly #running: Promise<void>[]
  #over = false
  deeds = 0

  constructor(parts: LifeParts) {
    this.#parts = parts
    this.#running = [this.#crowd(), ...parts.pairs.map((pair) => this.#talk(pair))]
    // Whoever stops it is told.
    for (const one of this.#running) one.catch(() => {})
  }

  async stop(): Promise<void> {
    this.#over = true
    await Promise.all(this.#running)
  }

  /** Everybody ends what they are doing. */
  async calm(): Promise<void> {
    const { oracle, people, pairs } = this.#parts
    for (const person of people) {
      const [ending] = oracle.possible(person.upn)
      if (ending && ['hangUp', 'phoneFree', 'teamsFree'].includes(ending)) await this.#do(person, ending)
    }
    for (const pair of pairs) if (isTalking(oracle, pair)) await this.#end(pair)
  }

  /** Half of it is done by every tenth, so that the same person does much in a short time too. */
  async #crowd(): Promise<void> {
    const { oracle, people, random } = this.#parts
    const lively = people.filter((_, index) => index % 10 === 0)
    const pace = new Pace(Math.max(quickestMs, 20_000 / people.length))
    while (!this.#over) {
      const person = pickOf(random() < 0.5 ? lively : people, random)
      await this.#do(person, pickOf(oracle.possible(person.upn), random))
      await wait(pace.pauseMs * (0.5 + random()))
    }
  }

  async #talk(pair: Pair): Promise<void> {
    const { oracle, random } = this.#parts
    while (!this.#over) {
      if (isTalking(oracle, pair)) await this.#end(pair)
      else await this.#begin(pair)
      for (let left = 3_000 + random() * 9_000; left > 0 && !this.#over; left -= 200) await wait(200)
    }
  }

  async #begin({ people: [caller, called], phones: [near, far] }: Pair): Promise<void> {
    this.#happens([caller, called], 'call')
    const before = [far, near].map(({ events }) => events.length)
    await near.command('dial', `sip:${called.extension}@pbx.test`)
    await far.heard('CALL_INCOMING', before[0])
    await far.command('accept')
    await near.heard('CALL_ESTABLISHED', before[1])
  }

  async #end({ people, phones: [near, far] }: Pair): Promise<void> {
    this.#happens(people, 'hangUp')
    const before = far.events.length
    await near.command('hangup')
    await far.heard('CALL_CLOSED', before)
  }

  #happens(people: readonly ClusterPerson[], deed: Deed): void {
    const { oracle, stories } = this.#parts
    const now = performance.now()
    for (const { upn } of people) {
      oracle.did(upn, deed)
      for (const story of stories) story.happens(upn, oracle.act(upn), now)
    }
    this.deeds += 1
  }

  #do(person: ClusterPerson, deed: Deed): Promise<unknown> {
    const { world } = this.#parts
    const { upn, extension } = person
    this.#happens([person], deed)
    switch (deed) {
      case 'call':
        return world.call(extension)
      case 'hangUp':
        return world.hangUp(extension)
      case 'phoneDnd':
      case 'phoneFree':
        return world.pressDnd(extension, deed === 'phoneDnd')
      case 'teamsDnd':
      case 'teamsFree':
        return world.pick(upn, deed === 'teamsDnd' ? 'DoNotDisturb/DoNotDisturb' : null)
    }
  }
}

const isTalking = (oracle: Oracle, { people: [caller] }: Pair) => oracle.act(caller.upn) === 'inCall'
