import type { ResolvedConfig } from '../../config/resolved.ts'
import type { Clock, Log, Timer } from '../../core/ports.ts'
import type { PolicyChange } from '../../history/policy-book.ts'
import type { Parsed } from './parse-stored.ts'
import { inWords } from './stored-words.ts'

/** After this long a version that could not be taken over is tried again, milliseconds. */
export const againMs = 10_000

/** The newest version is not in force at this hub. */
export interface Refusal {
  readonly version: number
  readonly author: string
  /** Why, in words. */
  readonly reason: string
}

/** What was read of the newest version. */
export interface NewVersion extends PolicyChange {
  readonly version: number
  /** Why it cannot be used, in words. */
  readonly parsed: Parsed | string
}

export interface FollowParts {
  readonly clock: Pick<Clock, 'after'>
  readonly log: Pick<Log, 'error'>
  readonly apply: (config: ResolvedConfig, change: PolicyChange) => Promise<unknown>
  /** Reads the newest version once more. */
  readonly read: () => Promise<NewVersion>
  /** How it stands: told after each attempt. */
  readonly stands: (refusal: Refusal | undefined) => void
}

/** Takes over what other hubs made a version of, and tries again until it is in force or another one is. */
export class VersionFollower {
  readonly #parts: FollowParts
  #attempt: Promise<string | undefined> = Promise.resolve(undefined)
  #timer: Timer | undefined
  #stopped = false

  constructor(parts: FollowParts) {
    this.#parts = parts
  }

  follow(version: NewVersion): void {
    this.#timer?.cancel()
    this.#attempt = this.#take(version)
  }

  /** The newest version was made here, and is in force. */
  made(): void {
    this.#timer?.cancel()
    this.#attempt = Promise.resolve(undefined)
    this.#parts.stands(undefined)
  }

  /** Resolves when the newest was tried: with what went wrong. */
  get attempted(): Promise<string | undefined> {
    return this.#attempt
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
  }

  async #take({ version, parsed, author, comment }: NewVersion): Promise<string | undefined> {
    const { apply, stands, log, clock } = this.#parts
    const wrong =
      typeof parsed === 'string' ? parsed : 'problems' in parsed ? inWords(parsed.problems) : undefined
    try {
      if (wrong !== undefined) throw new Error(wrong)
      await apply((parsed as { readonly config: ResolvedConfig }).config, { author, comment })
      stands(undefined)
      return undefined
    } catch (error) {
      log.error('a version of the configuration from another hub could not be taken over', { version, error })
      const reason = (error as Error).message
      stands({ version, author, reason })
      if (!this.#stopped) this.#timer = clock.after(againMs, () => void this.#again())
      return reason
    }
  }

  async #again(): Promise<void> {
    // What is read may be followed meanwhile by itself.
    const before = this.#attempt
    try {
      const version = await this.#parts.read()
      if (this.#attempt === before && !this.#stopped) this.follow(version)
    } catch (error) {
      this.#parts.log.error('a version of the configuration could not be read again', { error })
      if (this.#attempt === before && !this.#stopped)
        this.#timer = this.#parts.clock.after(againMs, () => void this.#again())
    }
  }
}
