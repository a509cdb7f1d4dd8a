import type { Log, Metrics } from '../../core/ports.ts'
import type { PackedChange } from '../changes.ts'
import { StoreFailure } from '../failure.ts'
import { buildStatements } from './batch.ts'
import { explainPostgresql, isPassing } from './failure.ts'
import type { Link } from './link.ts'
import type { Session, Statement } from './session.ts'
import { Unflushed } from './unflushed.ts'

/** As many rows as one transaction takes; a group ends after the commit that reaches either. */
const groupRows = 2_000
const groupCharacters = 4_000_000
/** Between two attempts to reach the server, milliseconds. */
const firstPauseMs = 100
const longestPauseMs = 2_000
/** So long is waited at the end for a server that is away, milliseconds. */
const farewellMs = 5_000

export interface WriterOptions {
  readonly link: Link
  /** A new one in the place of one that was lost; rejects with StoreFailure. */
  readonly relink: () => Promise<Link>
  readonly where: string
  readonly log?: Log | undefined
  readonly metrics?: Metrics | undefined
  readonly away?: ((reason: Error | undefined) => void) | undefined
}

interface Waiting {
  readonly changes: readonly PackedChange[]
  readonly full: boolean
  resolve(): void
  reject(failure: StoreFailure): void
}

/** Writes commits in their order, those made meanwhile in one transaction. */
export class Writer {
  readonly #options: WriterOptions
  #link: Link | undefined
  #queue: Waiting[] = []
  #busy: Promise<void> | undefined
  #synchronous: boolean | undefined
  readonly #unflushed: Unflushed
  #over: StoreFailure | undefined
  #closing: Promise<void> | undefined
  #wake = Promise.withResolvers<void>()
  #givenUp = false
  #farewell: NodeJS.Timeout | undefined

  constructor(options: WriterOptions) {
    this.#options = options
    this.#unflushed = new Unflushed(options.link.walWriterDelayMs)
    // There from the beginning: a series that is absent would say as little as a server that is away.
    this.#tellAway(0)
    this.#use(options.link)
  }

  /** Resolves after COMMIT; waits for a server that is away. Rejects with StoreFailure: refused rows, or the store is over. */
  commit(changes: readonly PackedChange[], full: boolean): Promise<void> {
    const refusal = this.refusal
    if (refusal) return Promise.reject(refusal)
    return new Promise((resolve, reject) => {
      this.#queue.push({ changes, full, resolve, reject })
      this.#start()
    })
  }

  /** Resolves when what was asked so far is written or refused. */
  async settled(): Promise<void> {
    if (this.#queue.length === 0 && !this.#busy) return
    // An empty commit takes its turn behind all others.
    await new Promise<void>((resolve) => {
      this.#queue.push({ changes: [], full: false, resolve, reject: () => resolve() })
      this.#start()
    })
  }

  /** Why nothing is accepted any more. */
  get refusal(): StoreFailure | undefined {
    return this.#over ?? (this.#closing && closed(this.#options.where))
  }

  /** Writes what was asked before, then ends; where the server is away, it is waited for a few seconds. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#end()
    return this.#closing
  }

  /** What still waits for a server that is away after some seconds is refused. */
  giveUpSoon(): void {
    this.#farewell ??= setTimeout(() => {
      this.#givenUp = true
      this.#wake.resolve()
    }, farewellMs).unref()
  }

  async #end(): Promise<void> {
    this.giveUpSoon()
    await this.#busy
    clearTimeout(this.#farewell)
    this.#over ??= closed(this.#options.where)
    await this.#link?.close()
  }

  #use(link: Link): void {
    this.#link = link
    this.#synchronous = undefined
    void link.lost.then(async (cause) => {
      if (this.#link !== link || this.refusal) return
      this.#link = undefined
      this.#options.log?.warn('the store lost its server; what is to be written waits', {
        server: this.#options.where,
        error: cause,
      })
      await link.close()
      // Also where nothing is to be written: another hub must not take an idle one's place.
      this.#start()
    })
  }

  #start(): void {
    this.#busy ??= this.#work().finally(() => {
      this.#busy = undefined
      if (this.#queue.length > 0 && !this.#over) this.#start()
    })
  }

  async #work(): Promise<void> {
    // What is asked in one turn of the loop is written together.
    await new Promise((resolve) => setImmediate(resolve))
    do {
      const group = this.#take()
      await this.#write(group)
    } while (this.#queue.length > 0 || (!this.#link && !this.refusal))
  }

  #take(): readonly Waiting[] {
    let rows = 0
    let characters = 0
    let count = 0
    while (count < this.#queue.length && rows < groupRows && characters < groupCharacters) {
      const { changes } = this.#queue[count++]!
      rows += changes.length
      for (const change of changes) for (const value of change) characters += String(value).length
    }
    return this.#queue.splice(0, count)
  }

  /** Until every one of the group is written or refused. Never throws. */
  async #write(group: readonly Waiting[]): Promise<void> {
    let again = false
    for (;;) {
      const link = this.#link ?? (await this.#relink())
      if (!link) return this.#refuse(group)
      const error = await this.#attempt(link, group, again)
      if (error === undefined) {
        for (const { resolve } of group) resolve()
        return
      }
      if (isPassing(error)) {
        // Whether it was written before the answer was lost is not known; writing it again changes nothing.
        again = true
        await this.#drop(link, error)
      } else if (group.length === 1) {
        group[0]!.reject(explainPostgresql(error, this.#options.where))
        return
      } else {
        // One of them cannot be written: each by itself, so that only the guilty one fails.
        for (const one of group) await this.#writeAlone(one, again)
        return
      }
    }
  }

  async #writeAlone(one: Waiting, wasAgain: boolean): Promise<void> {
    let again = wasAgain
    for (;;) {
      const link = this.#link ?? (await this.#relink())
      if (!link) return this.#refuse([one])
      const error = await this.#attempt(link, [one], again)
      if (error === undefined) return one.resolve()
      if (!isPassing(error)) return one.reject(explainPostgresql(error, this.#options.where))
      again = true
      await this.#drop(link, error)
    }
  }

  async #attempt({ writer }: Link, group: readonly Waiting[], again: boolean): Promise<unknown> {
    const changes = group.flatMap((one) => one.changes)
    const full = group.some((one) => one.full)
    try {
      const statements = buildStatements(changes, again)
      if (statements.length === 0) return undefined
      if (this.#synchronous !== full) {
        await writer.run({ text: `set synchronous_commit = ${full ? 'on' : 'off'}` })
        this.#synchronous = full
      }
      await runTogether(writer, statements)
      if (full) this.#unflushed.flushed()
      else this.#unflushed.add(changes, performance.now())
      return undefined
    } catch (error) {
      if (!isPassing(error)) await writer.run({ text: 'rollback' }).catch(() => 0)
      return error
    }
  }

  async #drop(link: Link, error: unknown): Promise<void> {
    if (this.#link !== link) return
    this.#link = undefined
    this.#options.log?.warn('the store could not write and connects again', {
      server: this.#options.where,
      error,
    })
    await link.close()
  }

  /** Nothing where the store is over. */
  async #relink(): Promise<Link | undefined> {
    const { relink, where, log, metrics, away } = this.#options
    let told = ''
    for (
      let pause = firstPauseMs;
      !this.#over && !this.#givenUp;
      pause = Math.min(2 * pause, longestPauseMs)
    ) {
      try {
        const link = await relink()
        await this.#mend(link)
        this.#use(link)
        metrics?.count('store_reconnects')
        this.#tellAway(0)
        away?.(undefined)
        log?.info('the store has its server again', { server: where, waiting: this.#queue.length })
        return link
      } catch (error) {
        const failure = explainPostgresql(error, where)
        if (['in-use', 'fenced', 'newer-schema', 'changed-migration'].includes(failure.kind)) {
          this.#over = failure
          log?.error('the store stopped', { server: where, error: failure })
          break
        }
        if (failure.message !== told) {
          log?.error('the store waits for its server', { error: failure })
          this.#tellAway(1)
          away?.(failure)
        }
        told = failure.message
      }
      const timer = setTimeout(() => this.#wake.resolve(), pause)
      await this.#wake.promise
      clearTimeout(timer)
      this.#wake = Promise.withResolvers()
    }
    return undefined
  }

  /** Commits wait and do not fail: nothing else of the metrics tells that the server is away now. */
  #tellAway(away: 0 | 1): void {
    this.#options.metrics?.gauge('store_away', away)
  }

  /** The server may have crashed, and lost what it had not flushed. Throws what the driver throws; the link is closed then. */
  async #mend(link: Link): Promise<void> {
    try {
      await link.writer.run({ text: 'set synchronous_commit = on' })
      await runTogether(link.writer, buildStatements(this.#unflushed.changes, true))
      this.#unflushed.flushed()
    } catch (error) {
      await link.close()
      throw error
    }
  }

  #refuse(group: readonly Waiting[]): void {
    const { where } = this.#options
    const words = `${where}: the store was closed while its server was away`
    // Final: whoever asked for the end has waited long enough.
    this.#over ??= new StoreFailure('failed', words)
    for (const { reject } of [...group, ...this.#queue.splice(0)]) reject(this.#over)
  }
}

/** In one transaction. */
async function runTogether(writer: Session, statements: readonly Statement[]): Promise<void> {
  if (statements.length > 1) await writer.run({ text: 'begin' })
  for (const statement of statements) await writer.run(statement)
  if (statements.length > 1) await writer.run({ text: 'commit' })
}

export function closed(where: string): StoreFailure {
  return new StoreFailure('closed', `The store in ${where} was closed`)
}
