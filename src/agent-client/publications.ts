import type { Outcome, Publication } from './wire.ts'

/** So many outcomes are remembered: a publication that is said again gets the answer of the first time. */
const mostRemembered = 500

interface Publisher {
  publish?(publication: Publication): Outcome | Promise<Outcome>
}

/** Takes publications once each, and those of one address one after the other. */
export class Publications {
  readonly #publisher: Publisher
  readonly #known = new Map<string, Promise<Outcome>>()
  readonly #last = new Map<string, Promise<Outcome>>()

  constructor(publisher: Publisher) {
    this.#publisher = publisher
  }

  /** Never throws: what the source throws may or may not have been done. */
  take(publication: Publication): Promise<Outcome> {
    const known = this.#known.get(publication.id)
    if (known) return known
    const outcome = this.#inTurn(publication)
    this.#known.set(publication.id, outcome)
    for (const id of this.#known.keys()) {
      if (this.#known.size <= mostRemembered) break
      this.#known.delete(id)
    }
    // Only what is settled is not done again.
    void outcome.then(({ kind }) => {
      if (kind === 'deferred' || kind === 'failed') this.#known.delete(publication.id)
    })
    return outcome
  }

  async #inTurn(publication: Publication): Promise<Outcome> {
    const { address } = publication
    const before = this.#last.get(address)
    const turn = (async () => {
      await before
      return this.#publish(publication)
    })()
    this.#last.set(address, turn)
    const outcome = await turn
    if (this.#last.get(address) === turn) this.#last.delete(address)
    return outcome
  }

  async #publish(publication: Publication): Promise<Outcome> {
    if (!this.#publisher.publish) {
      return { kind: 'rejected', reason: 'this agent only tells what it sees; it sets nothing' }
    }
    try {
      return await this.#publisher.publish(publication)
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
    }
  }
}
