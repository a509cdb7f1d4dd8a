import type { SignInGrant } from './browser-sign-in.ts'
import type { Finding, JsonSchema, Manifest } from './connector.ts'
import type { CameBack } from './consent-port.ts'
import type { LinkPlan, LinkTrial, LinkTrialReport } from './link-plan.ts'
import type { SentAway } from './provider-port.ts'

/** One thing that is wrong in a configuration; never carries a secret. */
export interface ConfigProblem {
  /** `tenants[0].connectors[1].port`; empty for the whole. */
  readonly path: string
  /** From 1, in the text as it was sent; absent where there is none. */
  readonly line?: number
  readonly message: string
  readonly fix?: string
}

/** Something in a configuration that is right, but seldom meant: what its links leave out. */
export interface ConfigWarning {
  /** Id of the tenant. */
  readonly tenant: string
  readonly text: string
  readonly fix?: string
}

/** What is to be said about a configuration. Warnings are looked for where there are no problems. */
export interface ConfigChecked {
  readonly problems: readonly ConfigProblem[]
  readonly warnings: readonly ConfigWarning[]
}

/** One version of the stored configuration. */
export interface ConfigVersion {
  /** From 1; 0 is the empty one before the first. */
  readonly version: number
  /** Wall clock, milliseconds. */
  readonly at: number
  readonly author: string
  readonly comment: string
  /** Ids of the tenants that it changed; left out where that was not noted. */
  readonly tenants?: readonly string[]
}

/** One value that differs between a version and the one before; absent where one of them has none. */
export interface ConfigDifference {
  /** Id of the tenant; empty for what belongs to the hub. */
  readonly tenant: string
  /** Within the tenant, items by what identifies them: `links.pbx to teams.grace`. */
  readonly path: string
  readonly was?: string
  readonly is?: string
}

/** A version with its text. */
export type ConfigPast = ConfigVersion & ConfigText & { readonly differences: readonly ConfigDifference[] }

/** A configuration as it may be shown: secrets are references, or hidden where a file has them in clear. */
export interface ConfigText {
  readonly yaml: string
  /** The same as data. */
  readonly config: unknown
}

/** The configuration in force, and where it is changed. */
export type ConfigView = ConfigText &
  /** The path of the file is for those who look after the whole hub. */
  (
    | { readonly source: 'file'; readonly file?: string }
    | ({ readonly source: 'stored' } & Partial<ConfigVersion> & { readonly version: number })
  )

/** One item of a configuration, by what identifies it. */
export type ConfigItem =
  | { readonly kind: 'tenant'; readonly tenant: string }
  | { readonly kind: 'connector'; readonly tenant: string; readonly id: string }
  | { readonly kind: 'link'; readonly tenant: string; readonly from: string; readonly to: string }
  | { readonly kind: 'person'; readonly tenant: string; readonly upn: string }

/** What of a stored configuration belongs to the hub itself, each changed as a whole. */
export const hubParts = ['http', 'network', 'signIn', 'log', 'alerts', 'applications'] as const
/** See `hubParts`. */
export type HubPart = (typeof hubParts)[number]

/** Who wants a change, and why. */
export interface ConfigWish {
  readonly who: string
  readonly comment: string
  /** Refused where another version is in force; whatever is in force where it is left out. */
  readonly ifVersion?: number | undefined
  /**
   * Id of the only tenant that whoever wishes it looks after: `ifVersion` then counts that tenant's versions, stored
   * secrets stay with the addresses that they were given for, and files of the hub's machine are not for them to name.
   */
  readonly onlyTenant?: string | undefined
}

/** Where a connector is that is tried; `onlyTenant` as with a wish. */
export interface ConfigTrial extends Pick<ConfigWish, 'onlyTenant'> {
  readonly tenant: string
  readonly id: string
}

/** What was saved, and what it did to the running hub: ids of tenants. */
export interface ConfigSaved {
  readonly version: number
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  /** Parts that take a restart: `http`, `log`, `alerts`. */
  readonly afterRestart: readonly string[]
  readonly warnings: readonly ConfigWarning[]
}

/** What a new configuration did to the running hub. */
export type ConfigApplied = Omit<ConfigSaved, 'version' | 'warnings'>

/** Nothing was changed. `detail` is a sentence for people. */
export interface ConfigRefused {
  readonly refused: 'problems' | 'conflict' | 'readOnly' | 'missing' | 'failed'
  readonly detail: string
  readonly problems?: readonly ConfigProblem[]
}

/** The schemas that forms are drawn from. */
export interface ConfigSchemas {
  readonly config: JsonSchema
  /** By the word in `type:`. */
  readonly connectors: Readonly<Record<string, ConnectorEntry>>
  /** Parts of the hub whose change takes a restart. */
  readonly afterRestart: readonly string[]
}

/** One type of connector, as a catalogue shows it. */
export interface ConnectorEntry {
  readonly title: string
  readonly kind: Manifest['kind']
  readonly schema: JsonSchema
  /** Path of its page in the documentation. */
  readonly docs: string
  readonly reads: Manifest['facets']
  /** Whether links can write there, at the usual settings. */
  readonly writes: boolean
  readonly transport: Manifest['transport']
  /** The hub's account there signs in in a browser, which gives this setting. */
  readonly signInGives?: string
}

/** How many secrets stand under which key after a rotation. */
export interface KeyReport {
  readonly key: string
  readonly resealed: number
  readonly under: Readonly<Record<string, number>>
}

/** The configuration of the running hub, as the HTTP API sees it. Texts are YAML or JSON. */
export interface ConfigPort {
  /** `file`: it is changed in the file only. */
  readonly source: ConfigView['source']
  read(): ConfigView
  schemas(): ConfigSchemas
  /** Everything that is wrong, and what may be; nothing is changed. */
  check(text: string): ConfigChecked | ConfigRefused
  /** The same for one item put into the configuration in force; `onlyTenant` as with a wish. */
  checkItem(item: ConfigItem, value: object, onlyTenant?: string): ConfigChecked | ConfigRefused
  /** Secrets in clear are sealed; the running hub has the new configuration when it resolves. */
  save(text: string, wish: ConfigWish): Promise<ConfigSaved | ConfigRefused>
  put(item: ConfigItem, value: object, wish: ConfigWish): Promise<ConfigSaved | ConfigRefused>
  /** `value` in the place of a part of the hub; undefined takes it out, so that its defaults count. */
  putPart(part: HubPart, value: unknown, wish: ConfigWish): Promise<ConfigSaved | ConfigRefused>
  /** What would be wrong then; nothing is changed. */
  checkPart(part: HubPart, value: unknown): ConfigChecked | ConfigRefused
  delete(item: ConfigItem, wish: ConfigWish): Promise<ConfigSaved | ConfigRefused>
  /** Newest first. */
  versions(): readonly ConfigVersion[]
  version(version: number): Promise<ConfigPast | undefined>
  rollback(version: number, wish: ConfigWish): Promise<ConfigSaved | ConfigRefused>
  /** Only the part of one tenant, with the secrets that it had. */
  rollBackTenant(tenant: string, version: number, wish: ConfigWish): Promise<ConfigSaved | ConfigRefused>
  /** Trial connection of a connector that is not saved. */
  trial(place: ConfigTrial, settings: object): Promise<readonly Finding[] | ConfigRefused>
  /** What the links of a tenant are made of. */
  links(tenant: string): LinkPlan | ConfigRefused
  /** What links that are not saved would have changed in the past; noted in the audit log. */
  tryLinks(trial: LinkTrial, who: string): Promise<LinkTrialReport | ConfigRefused>
  /** Exchanges what a sign-in in the browser gave for a setting of the connector, and saves it. */
  signIn(place: ConfigTrial, grant: SignInGrant, wish: ConfigWish): Promise<ConfigSaved | ConfigRefused>
  /** Sends a browser to that sign-in; what it brings back is for `endSignIn`. */
  beginSignIn(
    place: ConfigTrial & { readonly redirectUri: string },
    wish: ConfigWish,
  ): SentAway | ConfigRefused
  /** The browser is back; it proves itself by what it kept, and the wish is that of whoever began. */
  endSignIn(came: CameBack): Promise<(ConfigTrial & { readonly saved: ConfigSaved }) | ConfigRefused>
  /** Seals every secret under the first key, read anew. */
  rotateKeys(who: string): Promise<KeyReport | ConfigRefused>
}
