import type { Facet } from '../../../core/observation.ts'

/** What one subscription has told, document by document. */
export interface Documents {
  /** `type` is the Content-Type. `ask`: the whole state has to be asked for again. `malformed`: nothing was changed. */
  take(text: string, type: string): 'taken' | 'old' | 'ask' | 'malformed'
  /** The server has nothing to tell for the address. */
  clear(): void
  facets(): readonly Facet[]
}

/** An event package (RFC 6665 section 4.4.1) as it is followed here. */
export interface EventPackage {
  /** The word in the Event header. */
  readonly event: string
  readonly accept: string
  /** What to do where a server does not know it. */
  readonly otherwise: string
  /** What it says only adds to what another package says of an address, which is sure without it. */
  adds(): boolean
  open(address: string): Documents
}
