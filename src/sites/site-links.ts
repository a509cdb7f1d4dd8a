import type { SiteLink } from './site-link.ts'
import type { Said } from './wire.ts'

/** A connector instance of the hub whose connector runs at a site. */
export interface LinkListener {
  up(link: SiteLink): void
  down(reason: string): void
  said(said: Said): void
}

/** When a site was heard last, and why it is gone. */
export interface LastSeen {
  readonly version: string
  readonly lastHeardAt: number
  readonly detail?: string
}

const placeOf = (tenant: string, site: string) => `${tenant}\n${site}`

/** Which sites are connected now, and who of the hub listens to them. At most one connection of each. */
export class SiteLinks {
  readonly #links = new Map<string, SiteLink>()
  readonly #listeners = new Map<string, Map<string, LinkListener>>()
  readonly #counters = new Map<string, { readonly run: string; readonly counter: { n: number } }>()
  readonly #lastSeen = new Map<string, LastSeen>()

  find(tenant: string, site: string): SiteLink | undefined {
    return this.#links.get(placeOf(tenant, site))
  }

  lastSeen(tenant: string, site: string): LastSeen | undefined {
    return this.#lastSeen.get(placeOf(tenant, site))
  }

  /** How far a run of a site was heard; another run begins anew. */
  counterOf(tenant: string, site: string, run: string): { n: number } {
    const place = placeOf(tenant, site)
    const known = this.#counters.get(place)
    if (known?.run === run) return known.counter
    const counter = { n: 0 }
    this.#counters.set(place, { run, counter })
    return counter
  }

  /** In the place of a former connection of the same site, which is over. */
  attach(link: SiteLink): void {
    const place = placeOf(link.tenant, link.site)
    this.#links.get(place)?.refuse('replaced', 'it has connected anew')
    this.#links.set(place, link)
    for (const listener of this.#listeners.get(place)?.values() ?? []) listener.up(link)
  }

  ended(link: SiteLink, reason: string): void {
    const place = placeOf(link.tenant, link.site)
    const { version, lastHeardAt } = link
    this.#lastSeen.set(place, { version, lastHeardAt, detail: reason })
    if (this.#links.get(place) !== link) return
    this.#links.delete(place)
    for (const listener of this.#listeners.get(place)?.values() ?? []) listener.down(reason)
  }

  said({ tenant, site }: Pick<SiteLink, 'tenant' | 'site'>, of: string, said: Said): void {
    this.#listeners.get(placeOf(tenant, site))?.get(of)?.said(said)
  }

  /** Tells at once where the site is connected. Returns how to stop. */
  listen(
    {
      tenant,
      site,
      connector,
    }: { readonly tenant: string; readonly site: string; readonly connector: string },
    listener: LinkListener,
  ): () => void {
    const place = placeOf(tenant, site)
    const listeners = this.#listeners.get(place) ?? new Map<string, LinkListener>()
    this.#listeners.set(place, listeners)
    listeners.set(connector, listener)
    const link = this.#links.get(place)
    if (link) listener.up(link)
    return () => {
      if (listeners.get(connector) === listener) listeners.delete(connector)
    }
  }

  /** This hub has the tenant no more, or is about to stop: its sites are to come again. */
  drop(tenant?: string): void {
    for (const link of [...this.#links.values()]) {
      if (tenant === undefined || link.tenant === tenant)
        link.refuse('later', 'the hub hands the tenant over')
    }
  }
}
