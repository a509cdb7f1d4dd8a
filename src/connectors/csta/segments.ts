import type { Clock, Timer } from '../../core/ports.ts'
import { child, type Element } from '../kit/sip/xml.ts'
import { readFlag } from './decode.ts'
import { CstaSilence } from './refusal.ts'

const patienceMs = 20_000

interface Collection {
  readonly service: string
  readonly found: Element[]
  readonly timer: Timer
  done(): void
  fail(error: Error): void
}

/** Where a list of devices is kept: there is one at a time, and its number need not be known. */
export const deviceList = 'devices'

/** Answers that come in documents of their own, after the one that announces them (ECMA-269 13.1.6, 16.1). */
export class Segments {
  readonly #clock: Clock
  readonly #open = new Map<string, Collection>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** True for a document of this kind, whether somebody waits for it or not. */
  take(root: Element): boolean {
    const listed = root.name === 'SwitchingFunctionDevices'
    if (!listed && !/^Snapshot(Device|Call)Data$/.test(root.name)) return false
    const key = listed ? deviceList : (child(root, 'serviceCrossRefID')?.text.trim() ?? '')
    const collection = this.#open.get(key)
    collection?.found.push(root)
    if (collection && (readFlag(root, 'lastSegment') ?? true)) {
      this.drop(key)
      collection.done()
    }
    return true
  }

  /** `read` gets all of them, at the place of the last one in the stream. Throws CstaSilence. */
  collect<Answer>(
    service: string,
    key: string,
    read: (segments: readonly Element[]) => Answer,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const found: Element[] = []
      const timer = this.#clock.after(patienceMs, () => {
        this.#open.delete(key)
        reject(new CstaSilence(service, `no end of the answer within ${patienceMs / 1000} s`))
      })
      this.#open.set(key, { service, found, timer, fail: reject, done: () => resolve(read(found)) })
    })
  }

  /** Nobody waits for it any more. */
  drop(key: string): void {
    this.#open.get(key)?.timer.cancel()
    this.#open.delete(key)
  }

  /** The connection is gone. */
  end(reason: string): void {
    for (const [key, { service, fail }] of [...this.#open]) {
      this.drop(key)
      fail(new CstaSilence(service, reason))
    }
  }
}
