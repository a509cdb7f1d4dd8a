import type { ServerResponse } from 'node:http'

/** What is to be sent of one person, or of whatever has the key. `sequence` is absent in the initial set. */
export interface Pending {
  /** Undefined: has left. */
  readonly body: (() => string) | undefined
  readonly sequence?: number
}

export interface ReaderOptions {
  readonly response: ServerResponse
  readonly tenant: string | undefined
  /** What the stream begins with, by key. */
  readonly initial: Map<string, Pending>
  /** The initial set is only what the peer has missed, not everyone. */
  readonly resumed: boolean
  /** Sequence that the initial set stands for. */
  readonly sequence: number
  /** Marks event ids of this run of the hub. */
  readonly run: string
  readonly now: () => number
}

/** Keys are `tenant/id`; ids of tenants have no slash. */
export function tenantOf(key: string): string {
  return key.slice(0, key.indexOf('/'))
}

/**
 * One open stream. What waits is kept by key: a slow peer gets fewer, newer states and never a queue without end. The
 * order is that of the last change, so that an event id covers all before it.
 */
export class EventReader {
  readonly tenant: string | undefined
  readonly #options: ReaderOptions
  readonly #pending: Map<string, Pending>
  /** How many of the initial set are still to be sent; undefined once `ready` was. */
  #initialLeft: number | undefined
  #blockedSince: number | undefined

  constructor(options: ReaderOptions) {
    this.tenant = options.tenant
    this.#options = options
    this.#pending = options.initial
    this.#initialLeft = options.initial.size
    options.response.on('drain', () => {
      this.#blockedSince = undefined
      this.#pump()
    })
    this.#write('retry: 2000\n\n')
    this.#announceReady()
    this.#pump()
  }

  put(key: string, item: Pending): void {
    const former = this.#pending.get(key)
    // What the stream began with is overtaken by what is newer.
    if (former && former.sequence === undefined) this.#countInitial()
    this.#pending.delete(key)
    this.#pending.set(key, item)
    this.#pump()
  }

  /** Milliseconds for which the peer has taken nothing; 0 while it takes what comes. */
  blockedFor(): number {
    return this.#blockedSince === undefined ? 0 : this.#options.now() - this.#blockedSince
  }

  beat(): void {
    if (this.#blockedSince === undefined) this.#write(': still here\n\n')
  }

  end(): void {
    this.#pending.clear()
    this.#options.response.end()
  }

  destroy(): void {
    this.#pending.clear()
    this.#options.response.destroy()
  }

  #countInitial(): void {
    if (this.#initialLeft !== undefined) this.#initialLeft--
  }

  #pump(): void {
    for (const [key, item] of this.#pending) {
      if (this.#blockedSince !== undefined) return
      this.#pending.delete(key)
      this.#write(this.#frame(key, item))
      if (item.sequence === undefined) this.#countInitial()
      this.#announceReady()
    }
  }

  #announceReady(): void {
    if (this.#initialLeft === undefined || this.#initialLeft > 0) return
    this.#initialLeft = undefined
    const data = this.#options.resumed ? '{"resumed":true}' : '{}'
    this.#write(`id: ${this.#options.run}.${this.#options.sequence}\nevent: ready\ndata: ${data}\n\n`)
  }

  #frame(key: string, { body, sequence }: Pending): string {
    const id = sequence === undefined ? '' : `id: ${this.#options.run}.${sequence}\n`
    if (body) return `${id}event: person\ndata: ${body()}\n\n`
    const tenant = tenantOf(key)
    return `${id}event: removed\ndata: ${JSON.stringify({ tenant, id: key.slice(tenant.length + 1) })}\n\n`
  }

  #write(text: string): void {
    if (!this.#options.response.write(text)) this.#blockedSince ??= this.#options.now()
  }
}
