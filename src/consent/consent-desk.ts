import { createHash, randomBytes } from 'node:crypto'
import type { Refusal } from '../core/access.ts'
import type { ConsentDoor } from '../core/account-door.ts'
import { ConnectorFailure } from '../core/connector.ts'
import type {
  CameBack,
  ConsentLink,
  ConsentProof,
  RoundTripEnd,
  SystemAccount,
} from '../core/consent-port.ts'
import type { AuditAct } from '../core/history.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { SentAway } from '../core/provider-port.ts'
import type { ConsentBook } from './consent-book.ts'
import { notOurs, type Trips, tripMs } from './round-trips.ts'

/** How long a link works, milliseconds. */
const linkMs = 7 * 24 * 60 * 60_000
const names = { consent: 'consent', proof: 'consent-proof' } as const

export interface ConsentDeskParts {
  readonly book: ConsentBook
  readonly trips: Trips
  readonly clock: Clock
  readonly log: Log
  /** Of the operator's application; undefined where there is none. */
  readonly door: () => ConsentDoor | undefined
  /** What the tenant's connector needs; undefined where there is no such tenant. */
  readonly needOf: (tenant: string) => { readonly readOnly: boolean } | undefined
  readonly note: (entry: { tenant: string; who: string; what: AuditAct; detail: string }) => Promise<void>
  /** What the hub may do in the tenant's name is different now. */
  readonly changed: (tenant: string, who: string) => Promise<void>
}

interface Way {
  readonly tenant: string
  readonly hash: string
  /** What the answer of the consent said of the organisation: proves nothing, but must not differ. */
  readonly claimed?: string
}

const noApplication: Refusal = {
  refused: 'The operator of this hub has configured no application to consent to (applications).',
}

const noProof: Refusal = { refused: 'There is no such proof any more. Look at the present one.' }

/** Consent to the operator's application by a link; nothing is switched on before it is confirmed. */
export class ConsentDesk {
  readonly #parts: ConsentDeskParts
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: ConsentDeskParts) {
    this.#parts = parts
  }

  get isPossible(): boolean {
    return this.#parts.door() !== undefined
  }

  async makeLink(tenant: string, who: string): Promise<{ code: string; link: ConsentLink } | Refusal> {
    const { book, clock, note } = this.#parts
    if (!this.isPossible) return noApplication
    const code = randomBytes(24).toString('base64url')
    const at = Math.round(clock.wall())
    const link = { until: at + linkMs, by: who, at }
    return this.#inTurn(async () => {
      await note({ tenant, who, what: 'consent.link', detail: 'made' })
      const { lastRefusal: _, ...state } = book.of(tenant)
      await book.put(tenant, { ...state, link: { ...link, hash: hashOf(code) } })
      return { code, link }
    })
  }

  endLink(tenant: string, who: string): Promise<void> {
    return this.#inTurn(async () => {
      const { link, ...state } = this.#parts.book.of(tenant)
      if (!link) return
      await this.#parts.note({ tenant, who, what: 'consent.link', detail: 'taken back' })
      await this.#parts.book.put(tenant, state)
    })
  }

  /** The tenant of a link that works. */
  open(code: string): { readonly tenant: string } | Refusal {
    if (!this.isPossible) return noApplication
    return this.#find(hashOf(code))
  }

  follow({ code, redirectUri }: { code: string; redirectUri: string }): SentAway | Refusal {
    const hash = hashOf(code)
    const found = this.#find(hash)
    const door = this.#parts.door()
    if ('refused' in found) return found
    if (!door) return noApplication
    const what: Way = { tenant: found.tenant, hash }
    const trip = this.#parts.trips.begin(names.consent, { what })
    return { url: door.consentAddress({ ...trip, redirectUri }), kept: trip.kept, lifeMs: tripMs }
  }

  async end(came: CameBack): Promise<RoundTripEnd> {
    const { trips } = this.#parts
    const door = this.#parts.door()
    if (!door) return noApplication
    const isHere = (what: unknown) => this.#parts.needOf((what as Way).tenant) !== undefined
    const consent = await trips.end(names.consent, came.kept, isHere)
    const trip = consent ?? (await trips.end(names.proof, came.kept, isHere))
    if (trip === 'elsewhere') return { refused: notOurs.elsewhere, again: true }
    if (trip === 'late') return { refused: notOurs.late }
    if (!trip) return { refused: notOurs.unknown }
    const way = trip.what as Way
    const found = this.#find(way.hash)
    if ('refused' in found) return found
    const { redirectUri, query } = came
    try {
      if (!consent) {
        const account = await door.redeem({ ...trip, redirectUri }, new URL(`${redirectUri}?${query}`))
        return await this.#prove(way, account, door)
      }
      const refused = door.readConsent({ ...trip, redirectUri }, query)
      if (refused !== undefined) return await this.#refuse(way.tenant, refused)
      const claimed = query.get('tenant')
      const what: Way = { ...way, ...(claimed !== null && { claimed }) }
      const next = trips.begin(names.proof, { what })
      const url = await door.proofAddress({ ...next, redirectUri })
      return { next: { url, kept: next.kept, lifeMs: tripMs } }
    } catch (error) {
      return await this.#refuse(way.tenant, this.#wordsOf(error))
    }
  }

  /** What the token of whoever signed in says stands; nothing is switched on yet. */
  async #prove(
    { tenant, hash, claimed }: Way,
    account: SystemAccount,
    door: ConsentDoor,
  ): Promise<RoundTripEnd> {
    const { organisation, name } = account
    if (claimed !== undefined && claimed.toLowerCase() !== organisation.toLowerCase()) {
      return await this.#refuse(
        tenant,
        `Consent was said to be given for the organisation ${claimed}, but ${name} belongs to ${organisation}. Open the link again and use one account for both.`,
      )
    }
    const missing = await this.#missing(door, organisation, this.#parts.needOf(tenant)?.readOnly ?? false)
    const refused = await this.#keepProof({ tenant, hash }, account, missing)
    if (refused) return await this.#refuse(tenant, refused.refused)
    if (missing.length > 0) {
      return {
        done: `You signed in as ${name} of the organisation ${organisation}, but these permissions are not there yet: ${missing.join(', ')}. Microsoft can take some minutes; if they do not come, open the link again as an administrator.`,
      }
    }
    return {
      done: `Thank you, ${name}. Whoever sent you the link sees now that you consented for the organisation ${organisation}, and switches it on.`,
    }
  }

  /** What stands here may have changed while Microsoft was asked. */
  #keepProof(
    { tenant, hash }: Way,
    account: SystemAccount,
    missing: readonly string[],
  ): Promise<Refusal | undefined> {
    const { book, clock, note } = this.#parts
    return this.#inTurn(async () => {
      const found = this.#find(hash)
      if ('refused' in found) return found
      const { link, ...state } = book.of(tenant)
      const { organisation, name } = account
      const other = state.grant?.account.organisation
      if (other !== undefined && other !== organisation) {
        return {
          refused: `${name} belongs to the organisation ${organisation}, but this tenant is connected with ${other}. Sign in with an account of that one, or have its consent taken back first.`,
        }
      }
      const now = Math.round(clock.wall())
      const proof: ConsentProof = { id: randomBytes(12).toString('base64url'), account, at: now, missing }
      const used = missing.length === 0 ? { used: true as const } : {}
      await note({ tenant, who: name, what: 'consent.link', detail: `consented for ${organisation}` })
      await book.put(tenant, { ...state, ...(link && { link: { ...link, ...used } }), proof })
      return undefined
    })
  }

  async #missing(door: ConsentDoor, organisation: string, readOnly: boolean): Promise<readonly string[]> {
    try {
      return await door.missingIn(organisation, { readOnly })
    } catch (error) {
      // Not let in at all: of what is needed nothing is there, or not yet.
      if (error instanceof ConnectorFailure && error.kind !== 'not-ready') return ['consent']
      throw error
    }
  }

  async confirm(tenant: string, proofId: string, who: string): Promise<Refusal | undefined> {
    const { book, needOf, changed } = this.#parts
    const door = this.#parts.door()
    const { proof } = book.of(tenant)
    if (!door) return noApplication
    if (!proof || proof.id !== proofId) return noProof
    let missing: readonly string[]
    try {
      missing = await this.#missing(door, proof.account.organisation, needOf(tenant)?.readOnly ?? false)
    } catch (error) {
      return { refused: this.#wordsOf(error) }
    }
    const refused = await this.#keepGrant(tenant, { proofId, missing, who })
    if (!refused) await changed(tenant, who)
    return refused
  }

  /** What stands here may have changed while Microsoft was asked. */
  #keepGrant(
    tenant: string,
    of: { readonly proofId: string; readonly missing: readonly string[]; readonly who: string },
  ): Promise<Refusal | undefined> {
    const { book, clock, note } = this.#parts
    const { proofId, missing, who } = of
    return this.#inTurn(async () => {
      const { proof, lastRefusal: _, ...state } = book.of(tenant)
      if (!proof || proof.id !== proofId) return noProof
      const { account, at } = proof
      const { organisation } = account
      const elsewhere = [...book.all()].find(
        ([id, other]) => id !== tenant && other.grant?.account.organisation === organisation,
      )
      if (elsewhere) {
        return {
          refused: `The organisation ${organisation} is connected with another tenant of this hub already.`,
        }
      }
      if (missing.length > 0) {
        await book.put(tenant, { ...book.of(tenant), proof: { ...proof, missing } })
        return {
          refused: `Not there yet: ${missing.join(', ')}. Microsoft can take some minutes after the consent; then confirm again.`,
        }
      }
      const now = Math.round(clock.wall())
      await note({ tenant, who, what: 'consent.grant', detail: `${account.name}, ${organisation}` })
      await book.put(tenant, { ...state, grant: { account, at, confirmedBy: who, confirmedAt: now } })
      return undefined
    })
  }

  async withdraw(tenant: string, who: string): Promise<void> {
    const { book, note, changed } = this.#parts
    const isChanged = await this.#inTurn(async () => {
      const { proof, grant, ...state } = book.of(tenant)
      if (!proof && !grant) return false
      const detail = (grant ?? proof)!.account.organisation
      await note({ tenant, who, what: 'consent.end', detail })
      // A proof that is refused leaves what was confirmed before.
      await book.put(tenant, proof && grant ? { ...state, grant } : state)
      return !proof
    })
    if (isChanged) await changed(tenant, who)
  }

  /** One after the other: what an act has read still holds when it writes. Nobody outside is asked in a turn. */
  #inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const turn = this.#last.then(act)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  #find(hash: string): { readonly tenant: string } | Refusal {
    for (const [tenant, { link }] of this.#parts.book.all()) {
      if (link?.hash !== hash || !this.#parts.needOf(tenant)) continue
      if (link.used)
        return { refused: 'This link was used already: somebody consented by it. Ask for a new one.' }
      if (this.#parts.clock.wall() >= link.until) {
        return { refused: 'This link has expired: it worked for seven days. Ask for a new one.' }
      }
      return { tenant }
    }
    return { refused: 'This link does not work any more: there is a newer one, or it was taken back.' }
  }

  async #refuse(tenant: string, words: string): Promise<Refusal> {
    const { book, clock, log } = this.#parts
    log.warn('A consent came to nothing.', { tenant, reason: words })
    const lastRefusal = { at: Math.round(clock.wall()), words }
    await this.#inTurn(() => book.put(tenant, { ...book.of(tenant), lastRefusal }))
    return { refused: words }
  }

  #wordsOf(error: unknown): string {
    if (error instanceof ConnectorFailure) return [error.message, error.fix].filter(Boolean).join(' ')
    this.#parts.log.error('A consent broke.', { error })
    return 'Something unexpected happened. The log of the hub says more.'
  }
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
