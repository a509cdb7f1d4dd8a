import { setTimeout as wait } from 'node:timers/promises'
import type { ClusterNode } from './node.ts'
import { pickOf, type Random } from './oracle/random.ts'
import type { Entry, SignalBook } from './oracle/signal-book.ts'
import type { ClusterPerson } from './people.ts'

/** As long as a program would wait for an answer, milliseconds. */
const patienceMs = 10_000
const shortTtl = 10

export interface SignalParts {
  readonly nodes: readonly ClusterNode[]
  readonly people: readonly ClusterPerson[]
  readonly book: SignalBook
  readonly random: Random
  /** Its signals have names that begin with this. */
  readonly name: string
}

/** A program that tells the hubs of people's calls, at whichever hub, and keeps a book of what was acknowledged. */
export class SignalSource {
  readonly #parts: SignalParts
  readonly #running: Promise<unknown>
  #over = false
  #last = 0

  constructor(parts: SignalParts) {
    this.#parts = parts
    this.#running = Promise.all([this.#run(), this.#run(), this.#run()])
  }

  async stop(): Promise<void> {
    this.#over = true
    await this.#running
  }

  async #run(): Promise<void> {
    const { book, random, people, nodes } = this.#parts
    while (!this.#over) {
      const node = pickOf(nodes, random)
      const standing = book.standing(performance.now() + 60_000)
      if (random() < 0.2 && standing.length > 0) {
        const entry = pickOf(standing, random)
        // Nobody else is to take it back meanwhile.
        entry.stands = 'unknown'
        const status = await takeBack(node, entry)
        book.tookBack(entry, status === 204 ? 'acknowledged' : 'unknown')
      } else await this.#give(node, pickOf(people, random))
      await wait(50 + random() * 200)
    }
  }

  async #give(node: ClusterNode, { upn }: ClusterPerson): Promise<void> {
    const { book, random, name } = this.#parts
    this.#last += 1
    const source = `${name}-${this.#last}`
    const ttl = random() < 0.3 ? shortTtl : 3_600
    const body = { state: 'inACall', ttl }
    const signal = AbortSignal.timeout(patienceMs)
    const path = `people/${encodeURIComponent(upn)}/signals/${source}`
    const status = await node
      .ask('PUT', path, body, signal)
      .then((answer) => answer.status)
      .catch(() => 0)
    const endsAt = performance.now() + ttl * 1_000
    book.gave({ upn, source, endsAt }, status === 200 ? 'acknowledged' : 'unknown')
  }
}

/** Status of the answer: 204 it was there, 404 it was not, 0 there was no answer. */
export async function takeBack(node: ClusterNode, { upn, source }: Entry): Promise<number> {
  const path = `people/${encodeURIComponent(upn)}/signals/${source}`
  const signal = AbortSignal.timeout(patienceMs)
  return node
    .ask('DELETE', path, undefined, signal)
    .then((answer) => answer.status)
    .catch(() => 0)
}
