import { child } from '../kit/sip/xml.ts'
import { expectName } from './line.ts'
import { CstaRefusal, StrangeAnswer } from './refusal.ts'
import type { CstaSession } from './session.ts'

/** Which extension is monitored under which number; a connection has its own. */
export class Monitors {
  readonly #extensions = new Map<string, string>()
  readonly #numbers = new Map<string, string>()
  readonly #refused = new Map<string, CstaRefusal>()
  readonly #starting = new Map<string, Promise<boolean>>()

  /** Extensions that the system does not let us monitor, and why. */
  get refused(): ReadonlyMap<string, CstaRefusal> {
    return this.#refused
  }

  get size(): number {
    return this.#numbers.size
  }

  extensionOf(crossRef: string): string | undefined {
    return this.#extensions.get(crossRef)
  }

  isMonitored(extension: string): boolean {
    return this.#numbers.has(extension)
  }

  /** False where it is refused. One at a time for each extension. Throws CstaSilence, StrangeAnswer. */
  start(session: CstaSession, extension: string): Promise<boolean> {
    const starting =
      this.#starting.get(extension) ??
      this.#start(session, extension).finally(() => this.#starting.delete(extension))
    this.#starting.set(extension, starting)
    return starting
  }

  async #start(session: CstaSession, extension: string): Promise<boolean> {
    try {
      // Before the next document is read: it may be the first event of this monitor.
      await session.request('MonitorStart', session.requests.monitorStart(extension), (answer) => {
        const crossRef = child(expectName('MonitorStart', answer), 'monitorCrossRefID')?.text.trim()
        if (!crossRef) throw new StrangeAnswer('MonitorStart', 'answered without monitorCrossRefID')
        this.#refused.delete(extension)
        this.#extensions.set(crossRef, extension)
        this.#numbers.set(extension, crossRef)
      })
      return true
    } catch (error) {
      if (!(error instanceof CstaRefusal)) throw error
      this.#refused.set(extension, error)
      return false
    }
  }

  /** The system has ended it. Returns whose monitor it was. */
  ended(crossRef: string): string | undefined {
    const extension = this.#extensions.get(crossRef)
    this.#extensions.delete(crossRef)
    if (extension !== undefined) this.#numbers.delete(extension)
    return extension
  }

  /** Nobody is interested any more; what becomes of it at the system shows with the end of the connection at the latest. */
  stop(session: CstaSession, extension: string): void {
    this.#refused.delete(extension)
    const crossRef = this.#numbers.get(extension)
    if (crossRef === undefined) return
    this.ended(crossRef)
    session.request('MonitorStop', session.requests.monitorStop(crossRef), () => {}).catch(() => {})
  }
}
