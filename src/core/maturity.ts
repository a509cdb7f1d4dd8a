import type { Facet } from './observation.ts'

/** How fast and how sure a connector is, as docs/connectors/README.md tells it. */
export interface Maturity {
  /**
   * Milliseconds at most from a change at the system until the hub has heard of it, by facet, at the usual settings,
   * where nothing is lost on the way and the system is not slow itself.
   */
  readonly latencyMs: Readonly<Partial<Record<Facet['kind'], number>>>
  /** Everything is read again this often, milliseconds: what was not told is found then. */
  readonly reconcileMs?: number
  /** How what it is built on is known: published by the vendor, recorded from the system, concluded by us. */
  readonly evidence: readonly ('documented' | 'recorded' | 'inferred')[]
  /** What the tests run against; `vendor description` needs files of the vendor, which are no part of this project. */
  readonly testedAgainst: readonly ('real server' | 'recording' | 'vendor description' | 'emulator')[]
}
