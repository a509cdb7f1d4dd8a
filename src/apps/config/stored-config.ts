import { isDeepStrictEqual } from 'node:util'
import { diffDocuments } from '../../config/diff-documents.ts'
import { readDocument } from '../../config/document.ts'
import { copyTenant, deleteItem, NothingToEdit, putItem, putPart } from '../../config/edit-document.ts'
import { guardSecrets } from '../../config/guard-secrets.ts'
import { readChild } from '../../config/problem.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { listRoutingWarnings } from '../../config/routing-warnings.ts'
import { type FreshSecret, listReferences, sealDocument } from '../../config/seal-document.ts'
import { listClientWarnings } from '../../config/shared-clients.ts'
import type { SignInGrant } from '../../core/browser-sign-in.ts'
import type {
  ConfigChecked,
  ConfigItem,
  ConfigPort,
  ConfigRefused,
  ConfigSaved,
  ConfigTrial,
  ConfigWish,
  HubPart,
} from '../../core/config-port.ts'
import type { Finding } from '../../core/connector.ts'
import type { CameBack } from '../../core/consent-port.ts'
import { type AuditEntry, replayNote } from '../../core/history.ts'
import type { LinkPlan, LinkTrial } from '../../core/link-plan.ts'
import { Overtaken } from '../../core/shared-rows.ts'
import { KeyFailure } from '../../secrets/key-source.ts'
import { SealFailure } from '../../secrets/sealing.ts'
import { planLinks, reportTrial } from './link-plan.ts'
import { type Parsed, parseStored } from './parse-stored.ts'
import { redeemSignIn } from './redeem-sign-in.ts'
import { describeSchemas } from './schemas.ts'
import { SignInTrips } from './sign-in-trips.ts'
import type { StoredConfigParts } from './stored-parts.ts'
import { backTo, findFresh, listTenants, noTenant, nothing, noVersion, refuse } from './stored-words.ts'
import { type NewVersion, VersionFollower } from './version-follower.ts'

/** What a stored configuration is before anybody saved one. */
export const emptyText = 'tenants: []\n'

/** What is to become the next version. */
interface Draft {
  readonly text: string
  readonly root: unknown
  readonly fresh: readonly FreshSecret[]
  readonly config: ResolvedConfig
}

type Edit = (former: string) => string
type Change = [
  edit: Edit,
  wish: ConfigWish & { readonly isBack?: true },
  what?: 'config.change' | 'config.rollback',
]

/** The configuration that is kept in the store; one change after the other. `open` before use. */
export class StoredConfig implements ConfigPort {
  readonly source = 'stored'
  readonly #parts: StoredConfigParts
  readonly #trips: SignInTrips
  #text = emptyText
  #root: unknown = readDocument(emptyText).value
  #config: ResolvedConfig | undefined
  #last: Promise<unknown> = Promise.resolve()
  #version = 0
  /** In force here, or on its way to be: less than was read where not all of that could be. */
  #followed = 0
  readonly #follower: VersionFollower

  constructor(parts: StoredConfigParts) {
    this.#parts = parts
    this.#trips = new SignInTrips(parts.trips)
    const { clock, log, apply, stands = () => {} } = parts
    const read = () => this.#inTurn(() => this.#readNewest())
    this.#follower = new VersionFollower({ clock, log, apply, read, stands })
  }

  /** Tries nothing again any more. */
  stop(): void {
    this.#follower.stop()
  }

  /** Reads the newest version, which may be newer than `running`, and answers what is right or wrong. @throws SealFailure, KeyFailure */
  async open(how: { readonly tolerant?: boolean; readonly running?: ResolvedConfig } = {}): Promise<Parsed> {
    this.#parts.rows.watch(() => this.#follow())
    const parsed = await this.#read(how)
    this.#followed = this.#version
    const isOther = how.running && !('config' in parsed && isDeepStrictEqual(parsed.config, how.running))
    if (isOther) this.#follower.follow(this.#versionOf(parsed))
    return parsed
  }

  async #read(how: { readonly tolerant?: boolean }): Promise<Parsed> {
    const { book, vault } = this.#parts
    await book.load()
    const { newest } = book
    this.#version = newest?.version ?? 0
    this.#text = (newest && (await book.textOf(newest.version))) ?? emptyText
    this.#root = readDocument(this.#text).value
    await vault.open(how)
    const parsed = this.#parse({ text: this.#text, root: this.#root }, [])
    if ('config' in parsed) this.#config = parsed.config
    return parsed
  }

  /** Another hub may have made a version: it is taken over beside what is going on here, the newest last. */
  async #follow(): Promise<void> {
    const newest = await this.#readNewest()
    if (newest.version === this.#followed) return
    this.#followed = newest.version
    this.#follower.follow(newest)
  }

  async #readNewest(): Promise<NewVersion> {
    let parsed: Parsed | string
    try {
      parsed = await this.#read({})
    } catch (error) {
      if (!(error instanceof SealFailure || error instanceof KeyFailure)) throw error
      parsed = error.message
    }
    return this.#versionOf(parsed)
  }

  #versionOf(parsed: Parsed | string): NewVersion {
    const { author = 'unknown', comment = '' } = this.#parts.book.newest ?? {}
    return { version: this.#version, parsed, author, comment }
  }

  /** For another hub, which has made the version: resolves when it was tried here, with what went wrong. */
  async settle(version: number): Promise<string | undefined> {
    await this.#inTurn(async () => undefined)
    const wrong = await this.#follower.attempted
    return this.#followed < version ? `it has only version ${this.#followed}` : wrong
  }

  read() {
    const newest = this.#parts.book.newest ?? { version: 0 }
    return { source: 'stored', ...newest, yaml: this.#text, config: this.#root } as const
  }

  schemas() {
    return describeSchemas(this.#parts.registry)
  }

  check(text: string) {
    return this.#say(this.#draft(() => text))
  }

  checkItem(item: ConfigItem, value: object, onlyTenant?: string) {
    const draft = this.#draft((former) => putItem(former, item, { ...value }), onlyTenant)
    return 'refused' in draft && draft.refused === 'missing' ? draft : this.#say(draft)
  }

  save(text: string, wish: ConfigWish) {
    return this.#change(() => text, wish)
  }

  put(item: ConfigItem, value: object, wish: ConfigWish) {
    return this.#change((former) => putItem(former, item, { ...value }), wish)
  }

  putPart(part: HubPart, value: unknown, wish: ConfigWish) {
    return this.#change((former) => putPart(former, part, value), wish)
  }

  checkPart(part: HubPart, value: unknown) {
    return this.#say(this.#draft((former) => putPart(former, part, value)))
  }

  delete(item: ConfigItem, wish: ConfigWish) {
    return this.#change((former) => deleteItem(former, item), wish)
  }

  versions() {
    return this.#parts.book.versions.toReversed()
  }

  async version(version: number) {
    const { book } = this.#parts
    const head = book.versions.find((one) => one.version === version)
    const text = await book.textOf(version)
    if (!head || text === undefined) return undefined
    const config = readDocument(text).value
    const before = await book.textOf(version - 1)
    // Before the first was nothing; what was before the oldest that is kept is not known any more.
    const isKnown = before !== undefined || version === 1
    const differences = isKnown ? diffDocuments(readDocument(before ?? emptyText).value, config) : []
    return { ...head, yaml: text, config, differences }
  }

  async rollback(version: number, wish: ConfigWish): Promise<ConfigSaved | ConfigRefused> {
    const text = await this.#parts.book.textOf(version)
    if (text === undefined) return noVersion(version)
    return this.#change(() => text, backTo(version, wish), 'config.rollback')
  }

  async rollBackTenant(tenant: string, version: number, wish: ConfigWish) {
    const text = await this.#parts.book.textOf(version)
    if (text === undefined) return noVersion(version)
    // Addresses and secrets come back together, as they were: nothing is to be guarded.
    const edit = (former: string) => copyTenant(former, text, tenant)
    return this.#change(edit, { ...backTo(version, wish), isBack: true }, 'config.rollback')
  }

  async trial(
    { tenant, id, onlyTenant }: ConfigTrial,
    settings: object,
  ): Promise<readonly Finding[] | ConfigRefused> {
    const item = { kind: 'connector', tenant, id } as const
    const draft = this.#draft((former) => putItem(former, item, { ...settings }), onlyTenant)
    if ('refused' in draft) return draft
    const tenants = draft.config.tenants
      .filter((one) => one.id === tenant)
      .map((one) => ({ ...one, connectors: one.connectors.filter((connector) => connector.id === id) }))
    return this.#parts.trial({ ...draft.config, tenants })
  }

  links(id: string): LinkPlan | ConfigRefused {
    const tenant = this.#config?.tenants.find((one) => one.id === id)
    return tenant ? planLinks(tenant, this.#parts.registry) : noTenant(id)
  }

  async tryLinks({ tenant: id, links, hours }: LinkTrial, who: string) {
    const tenants = listTenants(this.#root)
    const written = tenants.find((tenant) => readChild(tenant, 'id') === id)
    if (written === undefined) return noTenant(id)
    const item = { kind: 'tenant', tenant: id } as const
    const draft = this.#draft((former) => putItem(former, item, { ...(written as object), links }))
    if ('refused' in draft) return draft
    const edited = draft.config.tenants.find((tenant) => tenant.id === id)!
    const to = Math.round(this.#parts.clock.wall())
    const from = to - hours * 3_600_000
    const [begin = '', end = ''] = [from, to].map((at) => new Date(at).toISOString())
    await this.#parts.note(replayNote(id, who, { from: begin, to: end }))
    const { replayTenant, whyNoReplay } = await import('../replay.ts')
    const replay = await replayTenant(edited, this.#parts.archive, { from, to })
    return reportTrial(replay, whyNoReplay(draft.config, [replay]))
  }

  async signIn({ tenant, id }: ConfigTrial, grant: SignInGrant, wish: ConfigWish) {
    const place = { tenant, id, root: this.#root, config: this.#config }
    const redeemed = await redeemSignIn(place, grant, this.#parts)
    if ('refused' in redeemed) return redeemed
    return this.put({ kind: 'connector', tenant, id }, redeemed.value, wish)
  }

  beginSignIn(place: ConfigTrial & { readonly redirectUri: string }, wish: ConfigWish) {
    const { registry } = this.#parts
    return this.#trips.begin(place, wish, { config: this.#config, registry })
  }

  async endSignIn(came: CameBack) {
    const ended = await this.#trips.end(came)
    if ('refused' in ended) return ended
    const { place, wish, grant } = ended
    const saved = await this.signIn(place, grant, wish)
    return 'refused' in saved ? saved : { ...place, saved }
  }

  rotateKeys(who: string): ReturnType<ConfigPort['rotateKeys']> {
    return this.#inTurn(async () => {
      const { note, vault } = this.#parts
      const refused = await this.#parts.mayRotate?.()
      if (refused !== undefined) return { refused: 'failed', detail: refused }
      await note({ tenant: '', who, what: 'keys.rotate', about: '*', detail: '' })
      // People sign in at other hubs, too: what they brought there is sealed anew as it is now.
      await vault.open({ tolerant: true })
      return vault.rotate()
    })
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(() => this.#parts.rows.turn(work))
    this.#last = done.catch(() => undefined)
    return done
  }

  #parse(written: { readonly text: string; readonly root: unknown }, fresh: readonly FreshSecret[]): Parsed {
    const { registry, fixed, vault } = this.#parts
    return parseStored(written, {
      registry,
      fixed,
      find: (place) => findFresh(fresh, place) ?? vault.get(place),
    })
  }

  #say(draft: Draft | ConfigRefused): ConfigChecked {
    if ('refused' in draft) return { problems: draft.problems ?? [], warnings: [] }
    return { problems: [], warnings: this.#warn(draft.config) }
  }

  #warn(config: ResolvedConfig) {
    const { registry } = this.#parts
    return [...listRoutingWarnings(config, registry), ...listClientWarnings(config, registry)]
  }

  /** Edits, seals and checks; changes nothing. `guarded`: the only tenant of whoever wishes it. */
  #draft(edit: Edit, guarded?: string): Draft | ConfigRefused {
    const { registry: types, book } = this.#parts
    let text: string
    try {
      text = edit(this.#text)
    } catch (error) {
      if (!(error instanceof NothingToEdit)) throw error
      return { refused: 'missing', detail: error.message }
    }
    const version = (book.newest?.version ?? 0) + 1
    const sealed = sealDocument(text, { types, former: this.#root, version })
    if (!('text' in sealed)) return refuse(sealed)
    const parsed = this.#parse(sealed, sealed.fresh)
    if ('config' in parsed) {
      const about = { former: this.#root, types, fresh: sealed.fresh }
      const leaks = guarded === undefined ? [] : guardSecrets(sealed.root, { ...about, tenant: guarded })
      return leaks.length > 0 ? refuse(leaks) : { ...sealed, config: parsed.config }
    }
    // The lines are those of what was sent only where nothing was rewritten.
    const isAsSent = sealed.text === text
    return refuse(isAsSent ? parsed.problems : parsed.problems.map(({ line: _, ...problem }) => problem))
  }

  /** Other hubs are asked when the turn is over: they may be about to change something, too. */
  async #change(...change: Change): Promise<ConfigSaved | ConfigRefused> {
    const { version } = this.#parts.book.newest ?? { version: 0 }
    const done = await this.#changeHere(...change)
    if ('refused' in done || done.version === version) return done
    const elsewhere = (await this.#parts.elsewhere?.(done.version)) ?? []
    return { ...done, warnings: [...done.warnings, ...elsewhere] }
  }

  #changeHere(...[edit, wish, what = 'config.change']: Change): Promise<ConfigSaved | ConfigRefused> {
    return this.#inTurn(async () => {
      const { onlyTenant, isBack } = wish
      const newest = this.#parts.book.newest?.version ?? 0
      const inForce = onlyTenant === undefined ? newest : this.#newestOf(onlyTenant)
      if (wish.ifVersion !== undefined && wish.ifVersion !== inForce) {
        return {
          refused: 'conflict',
          detail: `Version ${inForce} is in force, not ${wish.ifVersion}. Read it and make the change there.`,
        }
      }
      const draft = this.#draft(edit, isBack ? undefined : onlyTenant)
      if ('refused' in draft) return draft
      if (draft.text === this.#text) {
        return { version: inForce, ...nothing, warnings: this.#warn(draft.config) }
      }
      await this.#note(draft.config, wish, what)
      return this.#takeOver(draft, wish, newest + 1)
    })
  }

  /** The newest version that changed the tenant; 0 where none did. */
  #newestOf(tenant: string): number {
    return this.#parts.book.versions.findLast(({ tenants }) => tenants?.includes(tenant))?.version ?? 0
  }

  /** First the running hub, then the store: a version that does not apply is not kept. */
  async #takeOver(draft: Draft, wish: ConfigWish, version: number): Promise<ConfigSaved | ConfigRefused> {
    const { apply, vault, book, clock } = this.#parts
    const change = { author: wish.who, comment: wish.comment }
    try {
      const applied = await apply(draft.config, change)
      const rows = vault.rowsFor(draft.fresh)
      const touched = new Set(diffDocuments(this.#root, draft.root).map(({ tenant }) => tenant))
      const tenants = [...touched].filter((id) => id !== '')
      const secrets = listReferences(draft.root)
      const head = { version, at: Math.round(clock.wall()), ...change, tenants, secrets }
      const unused = await book.add(head, draft.text, rows)
      vault.keep(rows)
      this.#version = version
      this.#followed = version
      this.#text = draft.text
      this.#root = draft.root
      this.#config = draft.config
      this.#follower.made()
      // Sealed rows that nobody refers to harm nobody.
      await vault.forget(unused).catch(() => undefined)
      return { version, ...applied, warnings: this.#warn(draft.config) }
    } catch (error) {
      if (error instanceof Overtaken) throw error
      if (this.#config)
        await apply(this.#config, { author: 'hookswitch', comment: 'What was to follow it failed' })
      return { refused: 'failed', detail: `The hub could not take it over: ${(error as Error).message}` }
    }
  }

  /** Each tenant's audit log tells of its own change; the hub's of every one. */
  async #note(config: ResolvedConfig, wish: ConfigWish, what: AuditEntry['what']): Promise<void> {
    const before = new Map(this.#config?.tenants.map((tenant) => [tenant.id, tenant]))
    const now = new Map(config.tenants.map((tenant) => [tenant.id, tenant]))
    const differs = [...new Set([...before.keys(), ...now.keys()])].filter(
      (id) => !isDeepStrictEqual(before.get(id), now.get(id)),
    )
    for (const tenant of ['', ...differs]) {
      await this.#parts.note({ tenant, who: wish.who, what, about: '*', detail: wish.comment })
    }
  }
}
