import type { ConnectorContext, ConnectorInstance, Outcome, Publication } from '../../core/connector.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import { FeatureBook } from '../kit/sip/feature-book.ts'
import { FeatureWriter, featureSlot } from '../kit/sip/feature-writer.ts'
import { SipWatcher } from '../kit/sip/watcher.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import type { Settings } from './config.ts'
import { LampPatience } from './lamp-patience.ts'
import { type EventName, eventNames, lampPackages, phoneFeatures } from './packages.ts'
import { Publisher } from './publisher.ts'

/** One SIP account that watches the lamps of many extensions, and shows states where that is switched on. */
export class SipConnector implements ConnectorInstance {
  readonly #settings: Settings
  readonly #watcher: SipWatcher
  readonly #unknown: UnknownValues
  readonly #patience: LampPatience
  readonly #publisher: Publisher
  readonly #features: FeatureWriter
  #addresses: ReadonlySet<string> = new Set()

  constructor(settings: Settings, context: ConnectorContext) {
    const { internalDigits, inFlight, doNotDisturb } = settings
    const book = new FeatureBook()
    const feature = phoneFeatures(book)
    this.#settings = settings
    this.#unknown = new UnknownValues(context)
    const lamps = lampPackages({
      plan: { internalDigits, isExtension: (number) => this.#addresses.has(number) },
      lamp: () => !this.#lamps((event) => this.#watcher.lacks(event)).includes('dialog'),
      strange: (word) => this.#unknown.note(word),
    })
    const patience = new LampPatience(context.clock, (event) => context.emit(event))
    this.#patience = patience
    this.#watcher = new SipWatcher({
      ...{ account: settings, inFlight },
      context: {
        ...{ clock: context.clock, network: context.network },
        ...{ log: context.log, metrics: context.metrics },
        emit: (event) => (doNotDisturb ? patience.take(event) : context.emit(event)),
        health: (health) => context.health(health),
      },
      // What explains a lamp comes first.
      packages: (unknown) => [
        ...(doNotDisturb && !unknown.has(feature.event) ? [feature] : []),
        ...this.#lamps((event) => unknown.has(event)).map((event) => lamps[event]),
      ],
    })
    this.#features = new FeatureWriter({
      ...{ clock: context.clock, watcher: this.#watcher, package: feature, book },
    })
    this.#publisher = new Publisher({
      ...{ settings, context },
      connected: () => this.#watcher.isConnected,
      request: (request) => this.#watcher.request(request),
    })
  }

  /** May be called again after a stop, as after a failed start. */
  start(addresses: readonly string[]): Promise<void> {
    this.#addresses = new Set(addresses)
    this.#publisher.start()
    return this.#watcher.start(addresses)
  }

  stop(): Promise<void> {
    this.#publisher.stop()
    this.#patience.stop()
    return this.#watcher.stop()
  }

  follow(addresses: readonly string[]): void {
    this.#addresses = new Set(addresses)
    this.#watcher.follow(addresses)
  }

  resync(addresses: readonly string[]): void {
    this.#watcher.resync(addresses)
  }

  publish(publication: Publication): Promise<Outcome> {
    const { slot, address, state } = publication
    if (slot !== featureSlot.slot || !this.#settings.doNotDisturb) return this.#publisher.publish(publication)
    return this.#features.set(address, isDoNotDisturb(state))
  }

  inspect() {
    return { subscriptions: this.#watcher.subscriptions }
  }

  unknownValues() {
    return this.#unknown.list()
  }

  /** Packages in use: those asked for, or the other one where the server knows none of them. */
  #lamps(isUnknown: (event: EventName) => boolean): readonly EventName[] {
    const known = eventNames.filter((event) => !isUnknown(event))
    const wanted = known.filter((event) => this.#settings.events.includes(event))
    return wanted.length > 0 ? wanted : known
  }
}
