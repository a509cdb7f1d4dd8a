import type { ConfigProblem, ConfigRefused, ConfigSaved, ConfigWish } from './config-port.ts'

/**
 * How somebody stands with being kept in step, the weightiest first. `alone`: at fewer than two systems; `uncovered`: at
 * several, but no link between them covers the person.
 */
export const coverageKinds = [
  'duplicate',
  'unmatched',
  'disabled',
  'guest',
  'shared',
  'notLicensed',
  'notEnabled',
  'notOptedIn',
  'notPaired',
  'uncovered',
  'alone',
  'excluded',
  'paused',
  'hidden',
  'synced',
] as const
/** One of them. */
export type CoverageKind = (typeof coverageKinds)[number]

/** One thing to say of how somebody stands, in words for people. */
export interface CoverageNote {
  readonly kind: CoverageKind
  /** Id of the connector, where it is about one. */
  readonly connector?: string
  readonly reason: string
  readonly fix?: string
}

/** Somebody of a tenant: kept in step or not, and why. */
export interface CoverageRow {
  readonly tenant: string
  /** The UPN in lower case. */
  readonly id: string
  readonly upn: string
  readonly displayName: string
  /** On the board. */
  readonly shown: boolean
  /** Of the notes, each once, the weightiest first. */
  readonly kinds: readonly CoverageKind[]
  readonly notes: readonly CoverageNote[]
  readonly systems: readonly {
    readonly connector: string
    readonly addresses: readonly string[]
    /** By hand, which always wins. */
    readonly given: boolean
  }[]
  /** Wall clock, milliseconds: the day they last opened their own page or tab; absent where they never did. */
  readonly cameAt?: number
}

/** Whom to list. */
export interface CoverageQuery {
  readonly tenant: string
  /** Part of a name, UPN or address, any letter case. */
  readonly text?: string | undefined
  readonly kind?: CoverageKind | undefined
  /** Of those on the board, only who never opened their own page or tab. */
  readonly neverCame?: boolean | undefined
  readonly offset: number
  readonly limit: number
}

/** One page of a tenant's people. */
export interface CoveragePage {
  readonly rows: readonly CoverageRow[]
  /** On all pages. */
  readonly total: number
  /** Of everyone whom the text fits; somebody may count more than once. */
  readonly counts: Readonly<Record<CoverageKind, number>>
  /** Of everyone on the board whom the text fits: how many never opened their own page or tab. */
  readonly neverCame: number
}

/** What a roster is made of, and where it is changed. */
export interface RosterView {
  readonly tenant: string
  /** `list`: people are named in the configuration; `directory`: matched by mail. */
  readonly from: 'list' | 'directory'
  /** That people belong to, by name. */
  readonly groups: readonly string[]
  /** Why nothing can be changed here, in words; absent where it can. */
  readonly readOnly?: string
  readonly connectors: readonly {
    readonly id: string
    readonly title: string
    readonly kind: string
    /** Addresses can be looked up. */
    readonly hasDirectory: boolean
  }[]
}

/** An address that a system's directory has. */
export interface DirectoryPlace {
  readonly address: string
  readonly displayName?: string
  readonly mails: readonly string[]
  /** UPNs of who is there. */
  readonly people: readonly string[]
}

/** Which addresses to list. */
export interface PlacesQuery {
  readonly tenant: string
  readonly connector: string
  /** Part of an address, name or mail address, any letter case. */
  readonly text?: string | undefined
  readonly limit: number
}

/** Somebody's addresses at one system, given by hand; none leaves it to the directory again. */
export interface ManualLink {
  readonly tenant: string
  /** UPN, any letter case. */
  readonly key: string
  readonly connector: string
  readonly addresses: readonly string[]
}

/** What a table would change of one person. */
export interface TableChange {
  /** Of the table, from 1. */
  readonly line: number
  readonly upn: string
  readonly isNew: boolean
  /** Texts as the table writes them. */
  readonly fields: readonly { readonly field: string; readonly from: string; readonly to: string }[]
}

/** What a table would do, or has done. */
export interface TableReport {
  /** Of the configuration that it would change. */
  readonly version: number
  readonly changes: readonly TableChange[]
  readonly unchanged: number
  /** Everything that is wrong; with `line` of the table. Nothing is saved while there is any. */
  readonly problems: readonly ConfigProblem[]
}

/** Who of a tenant is kept in step, where, and who is not and why; and how that is changed by hand. */
export interface RosterPort {
  /** Ids. */
  tenants(): readonly string[]
  /** Undefined where there is no such tenant, here and below. */
  view(tenant: string): RosterView | undefined
  coverage(query: CoverageQuery): Promise<CoveragePage | undefined>
  places(query: PlacesQuery): Promise<readonly DirectoryPlace[] | undefined>
  link(link: ManualLink, wish: ConfigWish): Promise<ConfigSaved | ConfigRefused>
  /** From everyone but administrators and the person; or shown again to whom no rule for a group hides them. */
  hide(
    person: { readonly tenant: string; readonly key: string; readonly hidden: boolean },
    wish: ConfigWish,
  ): Promise<ConfigSaved | ConfigRefused>
  /** Lines of a CSV table of everyone, with how each stands. */
  table(tenant: string): AsyncGenerator<string> | undefined
  previewTable(tenant: string, csv: string): TableReport | ConfigRefused
  takeTable(
    tenant: string,
    csv: string,
    wish: ConfigWish,
  ): Promise<(ConfigSaved & { readonly report: TableReport }) | ConfigRefused>
}
