import type { ConnectorContext } from '../../core/connector.ts'
import { hooksPrefix } from '../../http/hook-routes.ts'

export interface ReachParts {
  /** Of several hubs: see ConnectorContext. */
  readonly hubsOf?: ConnectorContext['hubsOf']
  /** What is shared from the beginning, by its key. */
  readonly things?: Readonly<Record<string, unknown>>
}

/** What connector instances of one process share with each other and with the door of the hub. */
export class Reach {
  readonly #publicUrl: string | undefined
  readonly #hubsOf: ConnectorContext['hubsOf']
  readonly #things: Map<string, unknown>
  #listening: string | undefined

  /** @param publicUrl how others reach this hub, if it is known. */
  constructor(publicUrl?: string, { hubsOf, things = {} }: ReachParts = {}) {
    this.#hubsOf = hubsOf
    this.#things = new Map(Object.entries(things))
    this.#publicUrl = publicUrl?.replace(/\/+$/, '')
  }

  /** The hub listens here. */
  open(url: string): void {
    this.#listening = url
  }

  /** How browsers and systems reach this hub, without a trailing slash; undefined until it listens. */
  get root(): string | undefined {
    return this.#publicUrl ?? this.#listening
  }

  /** The part of a connector's context that is the same for every instance. */
  contextFor(tenant: string, connector: string): Pick<ConnectorContext, 'callbackUrl' | 'shared' | 'hubsOf'> {
    return {
      ...(this.#hubsOf && { hubsOf: this.#hubsOf }),
      callbackUrl: () => {
        const { root } = this
        return root && `${root}${hooksPrefix}/${encodeURIComponent(tenant)}/${encodeURIComponent(connector)}`
      },
      shared: <Thing>(key: string, make: () => Thing): Thing => {
        if (!this.#things.has(key)) this.#things.set(key, make())
        return this.#things.get(key) as Thing
      },
    }
  }
}
