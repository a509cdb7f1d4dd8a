import type { AccountDoor, ConsentDoor } from './account-door.ts'
import type { BrowserSignIn } from './browser-sign-in.ts'
import type {
  ConsentMode,
  PermissionFinding,
  PermissionTrial,
  Registration,
  SystemAccount,
} from './consent-port.ts'
import type { Maturity } from './maturity.ts'
import type { Network } from './network.ts'
import type { Facet, FeedEvent } from './observation.ts'
import type { Clock, Log, Metrics } from './ports.ts'
import type { Presence } from './presence.ts'
import type { Workings } from './workings.ts'

/** JSON Schema (draft 2020-12) of an object; each field carries title, description, default and `secret`. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** How something we write contributes to what the target shows (architecture, "What can be known of a target"). */
export interface WriteSlot {
  /** `session`, `preferred`, `dnd` ...: one register at the target per address. */
  readonly slot: string
  /** States that a sync may set here. */
  readonly states: readonly Presence[]
  /** The state that stands for "nothing": what a withdrawal returns to when nothing better is known. */
  readonly neutral: Presence
  readonly contribution: 'ownSession' | 'ownRecord' | 'sharedSlot'
  readonly readBack: 'own' | 'aggregate' | 'none'
  readonly echo: 'identity' | 'value'
  /** `none` is dangerous: such a write stays until somebody takes it back. */
  readonly expiry: { readonly kind: 'native'; readonly lifeMs: number } | { readonly kind: 'none' }
  /** How long after an acknowledged write a read may still show the former value, milliseconds. */
  readonly settleMs: number
  /**
   * Offline written here signs the person out, and is none of `states`: no table can ask for it, only the rule for long
   * absence does.
   */
  readonly signsOut?: true
}

/** What a connector is and can do, as data: the hub, the portal and the documentation read it. */
export interface Manifest {
  readonly id: string
  readonly title: string
  /** `queue`: somebody's place in the queues of a phone system, which can be paused while their phone rings on. */
  readonly kind: 'collaboration' | 'pbx' | 'queue' | 'crm' | 'signal'
  readonly docs: string
  readonly facets: readonly Facet['kind'][]
  /** States the system can show, strongest first: when it shows one by itself, weaker ones need not be written. */
  readonly states: readonly Presence[]
  /**
   * What it can show beside `states`, which stands above nothing; `any` where its words are those of whatever program
   * speaks. A row of a table that asks for anything else is refused. Unknown need not be named.
   */
  readonly alsoShows?: readonly Presence[] | 'any'
  readonly addressKind: 'extension' | 'entraObjectId' | 'crmUser' | 'name'
  readonly transport: 'push' | 'poll' | 'webhook'
  /** Programs come to the hub by themselves: there is nothing to reach, and so nothing to run at a site. */
  readonly comesToHub?: true
  /** Among connectors that see one physical line, the higher rank is believed while it is synced. */
  readonly lineRank: number
  /** Of every connector in the registry. */
  readonly maturity?: Maturity
}

/** One person as a system's own directory knows them; matching is the core's (identity.ts). */
export interface DirectoryEntry {
  readonly address: string
  readonly displayName?: string
  readonly upn?: string
  readonly mails: readonly string[]
  readonly aliases: readonly string[]
  readonly guest?: boolean
  readonly enabled?: boolean
  /** A phone that several people use (hot desk, lobby): flagged and not synced unless asked. */
  readonly shared?: boolean
  /** A phone that whoever sits there signs in to: like `shared`. */
  readonly hotDesk?: boolean
}

/** What the hub asks a connector to write. The same publication sent twice has the effect of one. */
export interface Publication {
  readonly id: string
  readonly address: string
  readonly slot: string
  readonly act: 'assert' | 'withdraw'
  /** assert: the state to show. withdraw: the state to restore, the slot's neutral one when nothing is to come back. */
  readonly state: Presence
  /** assert: the state still wanted only had to be prolonged. */
  readonly refresh: boolean
  /** Life of the assertion where the target has native expiry, milliseconds. */
  readonly lifeMs?: number
}

/** What became of a publication at the target. */
export type Outcome =
  /**
   * Acknowledged by the target. `at` is the wall clock when the answer arrived; `answerMs` how long the target took
   * for it, from a connector that may let requests wait for their turn: what came before was waiting here.
   */
  | { readonly kind: 'applied'; readonly at: number; readonly answerMs?: number }
  /** The target already was so (404 on clear, the record already had the value). */
  | { readonly kind: 'unchanged'; readonly at: number }
  /** Told to wait; nothing was written. */
  | { readonly kind: 'deferred'; readonly reason: string; readonly retryAfterMs: number }
  /** This address or state will not be accepted; do not try the same again. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly fix?: string }
  /** Not known whether it arrived (timeout, dropped connection, 5xx). `late`: given up on its way, it may arrive after what is sent next. */
  | { readonly kind: 'failed'; readonly reason: string; readonly late?: true }

/**
 * One result of a trial connection, in plain words with the fix. `info`: nothing is wrong, but somebody may want to know
 * it or to do better. A warning is a fault that leaves the rest working; a healthy system has none.
 */
export interface Finding {
  readonly level: 'ok' | 'info' | 'warning' | 'error'
  readonly text: string
  readonly fix?: string
}

/** Why a connector could not start or go on. */
export type FailureKind =
  | 'not-ready'
  | 'auth-failed'
  | 'misconfigured'
  | 'rate-limited'
  | 'rejected'
  | 'unexpected'

/**
 * The type drives behaviour: not-ready is retried with jitter, auth-failed and misconfigured stop and wait for an
 * operator, rate-limited waits as told, unexpected is logged with its cause and the instance restarted.
 */
export class ConnectorFailure extends Error {
  readonly kind: FailureKind
  readonly fix: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(
    kind: FailureKind,
    message: string,
    options: { fix?: string; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'ConnectorFailure'
    this.kind = kind
    this.fix = options.fix
    this.retryAfterMs = options.retryAfterMs
  }
}

/** How a connector instance is doing, in words a person can act on. */
export interface Health {
  readonly state: 'starting' | 'up' | 'degraded' | 'down' | 'stopped'
  readonly detail?: string
  readonly fix?: string
  /** What kind of failure it was, where one brought it down. */
  readonly failure?: FailureKind
  /** Wall clock, milliseconds. */
  readonly since: number
}

/** A word of a system's that its connector does not know: a state or row that a vendor has added. */
export interface UnknownValue {
  /** Where it stood, in the vendor's words: `activity`. */
  readonly field: string
  /** Made fit to be shown: at most 64 characters. */
  readonly value: string
  /** What it is taken for. */
  readonly takenAs: string
  readonly count: number
  /** Wall clock, milliseconds. */
  readonly firstAt: number
  /** Wall clock, milliseconds. */
  readonly lastAt: number
}

/** When something that a connector signs in with ends, as its own account tells. */
export interface CredentialEnd {
  /** Path of the setting: `clientSecret`. */
  readonly setting: string
  /** Wall clock, milliseconds. */
  readonly at: number
}

/** Small durable memory of one connector instance (resolved ids, quarantine). Values are JSON. */
export interface KeyValue {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
}

/** Secrets of one connector instance that it was given while it ran; on the disk they are sealed. */
export interface SealedValues {
  get(name: string): string | undefined
  /** On the disk when it resolves. */
  set(name: string, value: string): Promise<void>
}

/** What a system sent to its connector instance's callback address, before anything of it is trusted. */
export interface Delivery {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** What follows the callback address, without a leading slash. */
  readonly path: string
  /** The last value of each parameter. */
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case; the first value of each. */
  readonly headers: Readonly<Record<string, string>>
  /** Exactly as received, at most 1 MiB: signatures cover the bytes. */
  readonly body: Uint8Array
}

/** What the system gets for its delivery; an empty body unless given. */
export interface DeliveryAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A WebSocket that an outside program opened at the callback address. Text frames only. */
export interface ProgramSocket {
  readonly request: Omit<Delivery, 'method' | 'body'>
  send(text: string): void
  /** `code` as in RFC 6455 section 7.4; at most 123 bytes of reason. */
  close(code: number, reason: string): void
  /** Set once, at once: nothing is kept for a later listener. `ended` is told exactly once. */
  listen(listener: { heard(text: string): void; ended(): void }): void
}

/**
 * The token of whoever has an address; `again` asks for another one after this was refused. Undefined where people do not
 * sign in themselves: the application's own is used.
 */
export type WriteAs = (
  address: string,
  again?: { readonly refused: string },
) => Promise<
  | { readonly token: string }
  | { readonly refused: string; readonly fix: string; readonly retryAfterMs?: number }
  | undefined
>

/** All that a connector may touch. */
export interface ConnectorContext {
  readonly tenant: string
  /** Id of this instance in the configuration. */
  readonly connector: string
  /** Who keeps this phone system and Teams in step, where that was set: by `vendor`, its own sync has to be on. */
  readonly teamsSync?: 'hub' | 'vendor'
  /** The application itself is never to write: what only writing needs is not missed. */
  readonly readOnly?: true
  /** With whose sign-in is written at an address, where people sign in themselves; the application's own where left out. */
  readonly writeAs?: WriteAs
  readonly log: Log
  readonly clock: Clock
  readonly metrics: Metrics
  /** Every connection that it makes is checked by `network`. */
  readonly fetch: typeof fetch
  /** Whoever opens a connection without `fetch` asks here where it may go. */
  readonly network: Network
  readonly memory: KeyValue
  /** Absent where nothing can be kept: on the command line. */
  readonly sealed?: SealedValues
  /**
   * Where a system reaches this instance's `receive`, without a trailing slash. Undefined until the hub listens.
   * A loopback address unless `http.publicUrl` is set: then a system on another machine cannot deliver.
   */
  callbackUrl(): string | undefined
  /**
   * One thing for all instances in this process, made on first use: what a vendor allows once per credential (a
   * token, a request quota). The key must contain everything that makes it one, secrets as a hash.
   */
  shared<Thing>(key: string, make: () => Thing): Thing
  /** Of several hubs: at how many of them there are instances that are `countedAs` this client, at least 1. */
  hubsOf?(client: string): number
  /** Aborted when the hub shuts down hard. */
  readonly signal: AbortSignal
  emit(event: FeedEvent): void
  health(health: Omit<Health, 'since'>): void
}

/** What a person is to be told where they are, at the moment it happens. */
export interface Notice {
  readonly address: string
  /** `signedOut`: the person has just signed out of this system. */
  readonly kind: 'signedOut'
  /** For the person: whole sentences, at most 250 characters. */
  readonly text: string
}

/** One configured connection to a system. Everything it learns goes through the context's `emit`. */
export interface ConnectorInstance {
  /** Resolves when the first snapshot was emitted; throws ConnectorFailure. `addresses` are those of linked people. */
  start(addresses: readonly string[]): Promise<void>
  /** Idempotent, bounded to 5 s; leaves no handle. Does not withdraw anything. */
  stop(): Promise<void>
  /** The whole new set of addresses to follow. */
  follow(addresses: readonly string[]): void
  /** Read these again soon and emit what was read, changed or not. */
  resync(addresses: readonly string[]): void
  /** Only where the definition declares write slots. Never throws: a failure is an outcome. */
  publish?(publication: Publication): Promise<Outcome>
  /** Tells the person at an address, where the system has a way to. At most once, best effort; never throws. */
  notify?(notice: Notice): void
  /** Everyone this system knows, for matching. */
  directory?(): Promise<readonly DirectoryEntry[]>
  /** Words it did not know, since it was made, the newest first; see `connectors/kit/unknown-values.ts`. */
  unknownValues?(): readonly UnknownValue[]
  /** What is known of the end of its own credentials; nothing where the account may not be asked. */
  credentialEnds?(): readonly CredentialEnd[]
  /** How it works just now: what waits, what it may send, what it is told by. Cheap; asked while somebody looks. */
  inspect?(): Workings
  /** A delivery at the callback address. Verifies it first; never throws; answers within 5 s. */
  receive?(delivery: Delivery): Promise<DeliveryAnswer>
  /** A program connected to the callback address by WebSocket. Verifies it first. */
  accept?(socket: ProgramSocket): void
}

/** The one export of a connector folder. `Config` is its own slice, secrets resolved. */
export interface ConnectorDefinition<Config = never> {
  readonly manifest: Manifest
  readonly configSchema: JsonSchema
  /** Write slots under this configuration; empty for a connector that only reads. */
  writes(config: Config): readonly WriteSlot[]
  /** Trial connection: never throws, leaves nothing behind. */
  check(config: Config, context: ConnectorContext): Promise<readonly Finding[]>
  /** No I/O. */
  create(config: Config, context: ConnectorContext): ConnectorInstance
  /**
   * Names of the clients as which this configuration signs in, where a system counts requests or allows one token for each: instances
   * with the same one share both, and so have to be at one hub. Tells no secret; empty where the configuration cannot be used.
   */
  clientsOf?(config: Config): readonly string[]
  /** The same where nothing but requests is counted: at several hubs each takes its part of them (ConnectorContext.hubsOf). */
  countedAs?(config: Config): readonly string[]
  /** Where the hub's own account may sign in so. */
  readonly browserSignIn?: BrowserSignIn<Config>
  /** Settings that come from the operator's application where a tenant uses that; the first names the organisation. */
  readonly fromOperator?: readonly string[]
  /** How an application of one's own is registered at the system, where that is needed. */
  describeRegistration?(wish: RegistrationWish): Registration
  /** Tries each permission on one person, never throws, leaves nothing behind. */
  tryPermissions?(
    config: Config,
    context: ConnectorContext,
    trial: PermissionTrial,
  ): Promise<readonly PermissionFinding[]>
  /** Where people sign in there with accounts of their own. @throws ConnectorFailure */
  openAccountDoor?(config: Config, context: ConnectorContext): AccountDoor
  /** Who looks at a page of ours inside the system's own client. @throws ConnectorFailure */
  openFrameDoor?(config: Config, context: Pick<ConnectorContext, 'fetch' | 'clock'>): FrameDoor
  /** Where an administrator consents to the operator's application. @throws ConnectorFailure */
  openConsentDoor?(application: Readonly<Record<string, unknown>>, context: ConnectorContext): ConsentDoor
}

/** Proves who looks at a page of ours inside a system's own client. */
export interface FrameDoor {
  /** Whether a token says that it is for us; unverified. */
  isFor(token: string): boolean
  /** Whose it is, all of it checked; `host` is how browsers reach the hub. @throws ConnectorFailure in words */
  redeem(token: string, host: string): Promise<SystemAccount>
}

/** What a registration is for. */
export interface RegistrationWish {
  /** Addresses at which browsers come back, by what for. */
  readonly redirectUris: readonly string[]
  /** How browsers reach the hub: what is shown inside the system's client is registered for it. */
  readonly origin?: string
  readonly readOnly: boolean
  readonly mode: ConsentMode
}

/** How the registry holds definitions of different configurations. */
export type AnyConnectorDefinition = {
  readonly manifest: Manifest
  readonly configSchema: JsonSchema
  writes(config: unknown): readonly WriteSlot[]
  check(config: unknown, context: ConnectorContext): Promise<readonly Finding[]>
  create(config: unknown, context: ConnectorContext): ConnectorInstance
  clientsOf?(config: unknown): readonly string[]
  countedAs?(config: unknown): readonly string[]
  readonly browserSignIn?: BrowserSignIn<unknown>
} & Partial<ConsentParts>

/** What a system has that asks for consent. */
export interface ConsentParts {
  readonly fromOperator: readonly string[]
  describeRegistration(wish: RegistrationWish): Registration
  tryPermissions(
    config: unknown,
    context: ConnectorContext,
    trial: PermissionTrial,
  ): Promise<readonly PermissionFinding[]>
  openAccountDoor(config: unknown, context: ConnectorContext): AccountDoor
  openConsentDoor(application: Readonly<Record<string, unknown>>, context: ConnectorContext): ConsentDoor
  openFrameDoor(config: unknown, context: Pick<ConnectorContext, 'fetch' | 'clock'>): FrameDoor
}
