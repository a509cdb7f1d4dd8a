import { randomBytes } from 'node:crypto'
import type { Clock, Timer } from '../../core/ports.ts'
import type { SipText } from './text.ts'

interface EventState {
  readonly extension: string
  body: string
  expiry: Timer
}

export interface PublishAnswer {
  readonly status: string
  readonly fields: readonly (readonly [string, string])[]
}

/** What others have published for extensions (RFC 3903 section 6): by entity-tag, each for a time. */
export class Compositor {
  readonly #clock: Clock
  readonly #changed: (extension: string) => void
  readonly #states = new Map<string, EventState>()

  constructor(clock: Clock, changed: (extension: string) => void) {
    this.#clock = clock
    this.#changed = changed
  }

  /** Documents in force for an extension, oldest first. */
  bodies(extension: string): readonly string[] {
    return [...this.#states.values()].filter((one) => one.extension === extension).map(({ body }) => body)
  }

  take(request: SipText, extension: string, limits: { min: number; max: number }): PublishAnswer {
    const etag = request.get('sip-if-match')
    const known = this.#states.get(etag)
    const asked = Number(request.get('expires') || limits.max)
    if (etag !== '' && known?.extension !== extension)
      return { status: '412 Conditional Request Failed', fields: [] }
    if (request.body === '' && !known) return { status: '400 Bad Request', fields: [] }
    if (asked > 0 && asked < limits.min) {
      return { status: '423 Interval Too Brief', fields: [['Min-Expires', String(limits.min)]] }
    }
    known?.expiry.cancel()
    this.#states.delete(etag)
    const expires = Math.min(asked, limits.max)
    const next = `e${randomBytes(6).toString('hex')}`
    if (expires > 0) {
      const expiry = this.#clock.after(expires * 1000, () => {
        this.#states.delete(next)
        this.#changed(extension)
      })
      this.#states.set(next, { extension, body: request.body || known!.body, expiry })
    }
    // A refresh changes nothing that watchers could see.
    if (expires === 0 || request.body !== '') this.#changed(extension)
    const fields = [
      ['SIP-ETag', next],
      ['Expires', String(expires)],
    ] as const
    return { status: '200 OK', fields }
  }

  /** As a restart without a database. */
  forget(): void {
    for (const { expiry } of this.#states.values()) expiry.cancel()
    this.#states.clear()
  }
}

/** The elements of published documents that a mixed one has: tuples and persons. */
export function elementsOf(body: string): string {
  return [...body.matchAll(/<((?:\w+:)?(?:tuple|person))\b[\s\S]*?<\/\1>/g)].map(([text]) => text).join('')
}
