import type { Network } from '../../core/network.ts'
import type { Clock, Timer } from '../../core/ports.ts'
import type { Element } from '../kit/sip/xml.ts'
import type { Settings } from './config.ts'
import { type CstaEvent, readEvent, strangeLocalState } from './decode.ts'
import { type DeviceEntry, readDevices } from './devices.ts'
import { CstaLine } from './line.ts'
import { Requests } from './requests.ts'
import { deviceList, Segments } from './segments.ts'
import { type SignedIn, signIn } from './sign-in.ts'

export const heartbeatMs = 10_000

export interface SessionOptions {
  readonly settings: Settings
  readonly clock: Clock
  readonly network: Network
  /** Everything that is told without being asked, in the order of the stream. */
  hear(event: CstaEvent): void
  /** Somebody is there: the session was prolonged. */
  beat(): void
  strange(field: string, value: string, takenAs: string): void
  malformed(reason: string): void
}

/** One signed-in connection with its heartbeat. */
export class CstaSession {
  readonly requests: Requests
  readonly #options: SessionOptions
  readonly #segments: Segments
  #line: CstaLine | undefined
  #signedIn: SignedIn | undefined
  #heartbeat: Timer | undefined

  private constructor(options: SessionOptions) {
    this.#options = options
    this.requests = new Requests(options.settings)
    this.#segments = new Segments(options.clock)
  }

  /** Connects and signs in. Throws ConnectorFailure. */
  static async open(options: SessionOptions, stopped: AbortSignal): Promise<CstaSession> {
    const session = new CstaSession(options)
    const { settings, clock, network, malformed } = options
    const hear = (root: Element, reply: (xml: string) => void) => session.#hear(root, reply)
    const line = await CstaLine.open({ settings, clock, network, malformed, hear }, stopped)
    session.#line = line
    const stop = () => line.close('stopped')
    stopped.addEventListener('abort', stop, { once: true })
    try {
      session.#signedIn = await signIn(line, settings, session.requests)
    } catch (error) {
      line.close('not signed in')
      throw error
    } finally {
      stopped.removeEventListener('abort', stop)
    }
    session.#beatLater(session.#signedIn)
    void line.closed.then((reason) => {
      session.#heartbeat?.cancel()
      session.#segments.end(reason)
    })
    return session
  }

  get closed(): Promise<string> {
    return this.#line!.closed
  }

  /** See CstaLine.request. */
  request<Answer>(service: string, xml: string, read: (answer: Element) => Answer): Promise<Answer> {
    return this.#line!.request(service, xml, read)
  }

  /** See Segments.collect. */
  collect<Answer>(
    service: string,
    key: string,
    read: (segments: readonly Element[]) => Answer,
  ): Promise<Answer> {
    return this.#segments.collect(service, key, read)
  }

  /** Every device that the system lists, one listing at a time. Throws as `request` does. */
  async devices(): Promise<readonly DeviceEntry[]> {
    const service = 'GetSwitchingFunctionDevices'
    const list = this.collect(service, deviceList, (segments) => segments.flatMap(readDevices))
    list.catch(() => {})
    try {
      await this.request(service, this.requests.getSwitchingFunctionDevices(), () => {})
    } catch (error) {
      this.#segments.drop(deviceList)
      throw error
    }
    return list
  }

  close(reason = 'closed by us'): void {
    this.#heartbeat?.cancel()
    this.#line?.close(reason, this.#signedIn?.farewell)
  }

  #beatLater(signedIn: SignedIn): void {
    const everyMs = Math.min(heartbeatMs, ((signedIn.seconds ?? Number.POSITIVE_INFINITY) * 1000) / 2)
    this.#heartbeat = this.#options.clock.after(everyMs, () => {
      signedIn.beat().then(
        () => {
          this.#options.beat()
          this.#beatLater(signedIn)
        },
        // Silence: closing it is what makes the line count as lost and be opened again.
        () => this.close('no answer to the heartbeat'),
      )
    })
  }

  #hear(root: Element, reply: (xml: string) => void): void {
    if (this.#segments.take(root)) return
    const event = readEvent(root)
    const { strange, malformed, hear } = this.#options
    if (event.kind === 'status') reply(this.requests.response('SystemStatusResponse'))
    if (event.kind === 'monitorStopped') reply(this.requests.response('MonitorStopResponse'))
    if (event.kind === 'malformed') malformed(event.reason)
    else if (event.kind === 'strange') strange('event', event.name, 'nothing')
    else if (event.kind === 'sessionEnded') this.close('the system has ended the session')
    else if (event.kind !== 'ignored') {
      const word = event.kind === 'call' ? strangeLocalState(root) : undefined
      if (word !== undefined) strange('localConnectionInfo', word, 'not told')
      hear(event)
    }
  }
}
