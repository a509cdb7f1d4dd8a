import { eachAbreast } from '../kit/abreast.ts'
import type { Element } from '../kit/sip/xml.ts'
import { readFlag } from './decode.ts'
import type { DeviceBook } from './device-book.ts'
import { expectName } from './line.ts'
import { CstaRefusal, kindOf, StrangeAnswer } from './refusal.ts'
import type { CstaSession } from './session.ts'
import { readCallSnapshot, readDeviceSnapshot, type SnapshotCall, segmentsOf } from './snapshot.ts'

/** Services that a system may lack. */
export type Service = 'SnapshotDevice' | 'SnapshotCall' | 'GetDoNotDisturb'

export interface ReaderParts {
  readonly session: CstaSession
  readonly book: DeviceBook
  strange(field: string, value: string, takenAs: string): void
  /** A refusal that is not about whether there is such a service. */
  refused(extension: string, refusal: CstaRefusal): void
}

/** Reads what goes on at extensions, over one connection. A service that the system lacks is asked for once. */
export class Reader {
  readonly #parts: ReaderParts
  readonly #lacking = new Set<Service>()
  /** Extensions that could not be read because they were out of service. */
  readonly #away = new Set<string>()

  constructor(parts: ReaderParts) {
    this.#parts = parts
  }

  get lacking(): ReadonlySet<Service> {
    return this.#lacking
  }

  /** Calls and do not disturb of one extension, into the book. Throws CstaSilence, StrangeAnswer. */
  async read(extension: string): Promise<void> {
    const calls = await this.#calls(extension)
    await this.#explain(extension, calls)
    await this.readDnd(extension)
  }

  /** Undefined where the system does not tell. Throws CstaSilence, StrangeAnswer. */
  async readDnd(extension: string): Promise<boolean | undefined> {
    const { session, book } = this.#parts
    const service = 'GetDoNotDisturb'
    return this.#ask(service, extension, () =>
      session.request(service, session.requests.getDoNotDisturb(extension), (answer) => {
        const on = readFlag(expectName(service, answer), 'doNotDisturbOn')
        if (on === undefined) throw new StrangeAnswer(service, 'answered without doNotDisturbOn')
        book.setDnd(extension, on)
        return on
      }),
    )
  }

  async #calls(extension: string): Promise<readonly SnapshotCall[]> {
    const { session, book, strange } = this.#parts
    const xml = session.requests.snapshotDevice(extension)
    const calls = await this.#ask('SnapshotDevice', extension, () =>
      this.#snapshot('SnapshotDevice', xml, (documents) => {
        const read = documents.flatMap(readDeviceSnapshot)
        for (const { strange: word } of read) {
          if (word !== undefined) strange('localCallState', word, 'a call that is up')
        }
        book.snapshot(extension, read)
        // What could not be read and can be now has come back.
        if (this.#away.delete(extension)) book.setInService(extension, true)
        return read
      }),
    )
    return calls ?? []
  }

  /** Who is at the other end of calls that were up before we listened. */
  async #explain(extension: string, calls: readonly SnapshotCall[]): Promise<void> {
    const { session, book } = this.#parts
    const service = 'SnapshotCall'
    await eachAbreast(book.unexplained(extension, calls), 4, async (connection) => {
      await this.#ask(service, extension, () =>
        this.#snapshot(service, session.requests.snapshotCall(connection), (documents) => {
          const others = documents.flatMap(readCallSnapshot).filter((one) => one !== extension)
          // Of several others nobody is the one at the other end.
          if (others.length === 1) book.explain(extension, connection.call, others[0])
        }),
      )
      return !this.#lacking.has(service)
    })
  }

  /** `read` gets the answer, or the documents that it announces, at their place in the stream. */
  async #snapshot<Read>(
    service: Service,
    xml: string,
    read: (documents: readonly Element[]) => Read,
  ): Promise<Read> {
    const { session } = this.#parts
    return session.request<Read | Promise<Read>>(service, xml, (answer) => {
      const announced = segmentsOf(expectName(service, answer))
      return announced === undefined ? read([answer]) : session.collect(service, announced, read)
    })
  }

  async #ask<Answer>(
    service: Service,
    extension: string,
    ask: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    if (this.#lacking.has(service)) return undefined
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof CstaRefusal)) throw error
      if (kindOf(error) === 'unsupported') this.#lacking.add(service)
      else if (kindOf(error) === 'outOfService') {
        this.#away.add(extension)
        this.#parts.book.setInService(extension, false)
      }
      // The call has ended meanwhile.
      else if (service !== 'SnapshotCall') this.#parts.refused(extension, error)
      return undefined
    }
  }
}
