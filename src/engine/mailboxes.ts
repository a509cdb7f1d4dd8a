import type { Actor, Input } from './actor.ts'

/** How many turns run before other work gets the thread. */
const turnsPerSlice = 200
/**
 * So many turns wait for the store at a time; the others wait for theirs, and take in what arrives meanwhile. The rows
 * of a hundred thousand on their way to the store are as much memory as all that is known of the people.
 */
const mostRunning = 2000

/**
 * One turn at a time per person. What arrives during a turn waits together for the next one, so that under a burst
 * only the newest desired state is written.
 */
export class Mailboxes {
  readonly #turn: (actor: Actor, inputs: readonly Input[]) => Promise<void>
  readonly #ready: Actor[] = []
  #head = 0
  #running = 0
  #scheduled = false
  /** Turns are held back until the store has taken half of those that wait for it. */
  #held = false
  #closed = false
  /** Tenants that are being let go take nothing more but answers; whoever was let go takes nothing at all. */
  readonly #leaving = new Set<string>()
  #left: WeakSet<Actor> | undefined
  #idlers: (() => void)[] = []

  constructor(turn: (actor: Actor, inputs: readonly Input[]) => Promise<void>) {
    this.#turn = turn
  }

  get busy(): boolean {
    return this.backlog > 0
  }

  /** How many people wait for their turn, or in it for the store. */
  get backlog(): number {
    return this.#running + this.#ready.length - this.#head
  }

  /** When the first thing came in of whoever is next, wall clock, milliseconds; undefined where nobody waits for that. */
  get oldestAt(): number | undefined {
    const first = this.#ready[this.#head]?.inbox?.find((input) => 'received' in input)
    return first && 'received' in first ? first.received.receivedWall : undefined
  }

  post(actor: Actor, input: Input): void {
    if (this.#closed && input.type !== 'outcome') return
    if (this.#left && this.#isShut(actor, input)) return
    if (input.type === 'review' && actor.inbox?.some((waiting) => waiting.type === 'review')) return
    actor.inbox ??= []
    actor.inbox.push(input)
    this.#enqueue(actor)
  }

  /** Takes nothing more but the answers to what was sent. */
  close(): void {
    this.#closed = true
  }

  /** As `close`, for the people of one tenant. */
  closeTo(tenant: string): void {
    this.#left ??= new WeakSet()
    this.#leaving.add(tenant)
  }

  isClosedTo(tenant: string): boolean {
    return this.#leaving.has(tenant)
  }

  /** These have been let go: what still arrives for them is nobody's. Their tenant may come back, with others. */
  letGo(tenant: string, actors: Iterable<Actor>): void {
    for (const actor of actors) this.#left?.add(actor)
    this.#leaving.delete(tenant)
  }

  idle(): Promise<void> {
    if (!this.busy) return Promise.resolve()
    return new Promise((resolve) => this.#idlers.push(resolve))
  }

  #isShut(actor: Actor, input: Input): boolean {
    if (this.#left?.has(actor)) return true
    return input.type !== 'outcome' && this.#leaving.has(actor.presentity.tenant)
  }

  #enqueue(actor: Actor): void {
    if (actor.queued || actor.running) return
    actor.queued = true
    this.#ready.push(actor)
    if (this.#scheduled) return
    this.#scheduled = true
    queueMicrotask(() => this.#drain())
  }

  #drain(): void {
    let turns = 0
    while (this.#head < this.#ready.length) {
      if (this.#running >= mostRunning) {
        this.#held = true
        return
      }
      if (turns++ >= turnsPerSlice) {
        setImmediate(() => this.#drain())
        return
      }
      const actor = this.#ready[this.#head++]!
      actor.queued = false
      void this.#run(actor)
    }
    this.#ready.length = 0
    this.#head = 0
    this.#scheduled = false
    this.#settle()
  }

  async #run(actor: Actor): Promise<void> {
    const inputs = actor.inbox ?? []
    actor.inbox = undefined
    actor.running = true
    this.#running += 1
    try {
      await this.#turn(actor, inputs)
    } finally {
      actor.running = false
      this.#running -= 1
      if (actor.inbox) this.#enqueue(actor)
      if (this.#held && this.#running <= mostRunning / 2) {
        this.#held = false
        setImmediate(() => this.#drain())
      }
      this.#settle()
    }
  }

  #settle(): void {
    if (this.busy || this.#idlers.length === 0) return
    const idlers = this.#idlers
    this.#idlers = []
    for (const resolve of idlers) resolve()
  }
}
