import type { Network } from '../../core/network.ts'
import type { Clock, Timer } from '../../core/ports.ts'
import { type Element, parseXml } from '../kit/sip/xml.ts'
import { openTcp } from '../kit/tcp.ts'
import type { Settings } from './config.ts'
import { encodeFrame, type Frame, Framer } from './framer.ts'
import { CstaSilence, refusalOf, StrangeAnswer } from './refusal.ts'

const answerMs = 10_000
/** Requests that wait for their answers at a time. Without invoke ids only the order tells which answer is whose. */
const widths = { header: 16, nul: 1 } as const
const lastRequestId = 9998

interface Asked {
  readonly service: string
  readonly xml: string
  answer(root: Element): void
  fail(error: Error): void
  timer?: Timer
}

export interface LineOptions {
  readonly settings: Settings
  readonly clock: Clock
  readonly network: Network
  /** An event, or a request of the system's own. `reply` answers the latter. */
  hear(root: Element, reply: (xml: string) => void): void
  /** A document that is no XML. */
  malformed(reason: string): void
}

/** One connection: documents out and in, each answer to its request, in the order of the stream. */
export class CstaLine {
  readonly closed: Promise<string>
  readonly #options: LineOptions
  readonly #socket: Awaited<ReturnType<typeof openTcp>>
  readonly #framer: Framer
  readonly #asked = new Map<number, Asked>()
  readonly #waiting: Asked[] = []
  #lastId = 0
  #reason: string | undefined
  #end: (reason: string) => void = () => {}

  private constructor(options: LineOptions, socket: Awaited<ReturnType<typeof openTcp>>) {
    this.#options = options
    this.#socket = socket
    this.#framer = new Framer(options.settings.profile.framing)
    this.closed = new Promise((resolve) => {
      this.#end = resolve
    })
    socket.on('data', (chunk) => {
      for (const frame of this.#framer.push(chunk)) this.#take(frame)
    })
    socket.on('error', (error) => this.close(error.message))
    socket.on('close', () => this.close('the system closed the connection'))
  }

  /** Throws ConnectorFailure. Nothing is signed in yet. */
  static async open(options: LineOptions, stopped: AbortSignal): Promise<CstaLine> {
    const { settings, clock, network } = options
    return new CstaLine(options, await openTcp(settings, { clock, network, stopped }))
  }

  /**
   * Sends a request; `read` gets the answer at its place in the stream, before anything that comes after it. Throws
   * CstaRefusal, CstaSilence, StrangeAnswer, and what `read` throws.
   */
  request<Answer>(service: string, xml: string, read: (answer: Element) => Answer): Promise<Answer> {
    if (this.#reason !== undefined) return Promise.reject(new CstaSilence(service, this.#reason))
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        service,
        xml,
        fail: reject,
        answer(root) {
          try {
            if (root.name === 'CSTAErrorCode') throw refusalOf(service, root)
            resolve(read(root))
          } catch (error) {
            reject(error)
          }
        },
      })
      this.#send()
    })
  }

  /** Idempotent. `farewell` is still sent. */
  close(reason: string, farewell?: string): void {
    if (this.#reason !== undefined) return
    if (farewell !== undefined) this.#write(this.#nextId(), farewell)
    this.#reason = reason
    this.#socket.end()
    this.#socket.destroySoon()
    for (const asked of [...this.#asked.values(), ...this.#waiting.splice(0)]) {
      asked.timer?.cancel()
      asked.fail(new CstaSilence(asked.service, reason))
    }
    this.#asked.clear()
    this.#end(reason)
  }

  #send(): void {
    while (this.#asked.size < widths[this.#options.settings.profile.framing]) {
      const asked = this.#waiting.shift()
      if (!asked) return
      const id = this.#nextId()
      this.#asked.set(id, asked)
      asked.timer = this.#options.clock.after(answerMs, () => this.#silent(id, asked))
      this.#write(id, asked.xml)
    }
  }

  #silent(id: number, asked: Asked): void {
    this.#asked.delete(id)
    asked.fail(new CstaSilence(asked.service, `no answer within ${answerMs / 1000} s`))
    // The answer may still come, and without an id it would be taken for that to the next request.
    if (this.#options.settings.profile.framing === 'nul') this.close(`${asked.service} was not answered`)
    else this.#send()
  }

  #nextId(): number {
    do {
      this.#lastId = this.#lastId >= lastRequestId ? 1 : this.#lastId + 1
    } while (this.#asked.has(this.#lastId))
    return this.#lastId
  }

  #write(id: number, xml: string): void {
    if (this.#reason === undefined) {
      this.#socket.write(encodeFrame(this.#options.settings.profile.framing, id, xml))
    }
  }

  #take(frame: Frame): void {
    if (this.#reason !== undefined) return
    if (frame.kind === 'broken') {
      this.close(`what came is no CSTA over TCP: ${frame.reason}`)
      return
    }
    const root = parseXml(frame.xml)
    if (!root) this.#options.malformed('a document that is no XML')
    else if (isAnswer(root)) this.#answer(frame.id, root)
    else this.#options.hear(root, (xml) => this.#write(frame.id ?? 0, xml))
  }

  #answer(given: number | undefined, root: Element): void {
    const id = given ?? this.#asked.keys().next().value
    const asked = id === undefined ? undefined : this.#asked.get(id)
    // Too late: whoever asked has been told so.
    if (id === undefined || !asked) return
    asked.timer?.cancel()
    this.#asked.delete(id)
    asked.answer(root)
    this.#send()
  }
}

/** By its name, not by its id: requests of the system's own have ids as well. */
function isAnswer({ name }: Element): boolean {
  return name === 'CSTAErrorCode' || name.endsWith('Response')
}

/** Reads an answer of one name; anything else is a StrangeAnswer. */
export function expectName(service: string, answer: Element, name = `${service}Response`): Element {
  if (answer.name !== name) throw new StrangeAnswer(service, `answered with ${answer.name}`)
  return answer
}
