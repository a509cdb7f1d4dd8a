import type { Refusal } from './access.ts'
import type { SentAway } from './provider-port.ts'

/**
 * For whom the hub may act at a system that asks for consent, per tenant: for everyone whom a link covers; for those who
 * switched it on themselves; or, for what is written, for those who signed in there with their own account.
 */
export type ConsentMode = 'everyone' | 'optIn' | 'paired'

/** A right that an application needs at a system, as its administrator finds it there. */
export interface Permission {
  /** As the system names it. */
  readonly name: string
  /** The system's own id of it, for scripts. */
  readonly id: string
  /** Of the application by itself, or on behalf of somebody who signed in. */
  readonly kind: 'application' | 'delegated'
  /** In words for who grants it. */
  readonly why: string
  /** Nothing works without it, or it adds something. */
  readonly needed: boolean
}

/** A script that registers the application, ready to be copied; it has no secret in it and prints the one it makes. */
export interface RegistrationScript {
  /** `azureCli`, `graphPowerShell`: of the system's own tools. */
  readonly id: string
  readonly title: string
  readonly text: string
}

/** What an administrator needs to know to register an application of their own. */
export interface Registration {
  /** To be registered letter by letter; empty where nobody is sent to and fro. */
  readonly redirectUris: readonly string[]
  readonly permissions: readonly Permission[]
  readonly scripts: readonly RegistrationScript[]
  /** In words, in order, for who does it by hand. */
  readonly steps: readonly string[]
  /** Of use where people are to have their own page inside the system's client, and browsers reach the hub by https. */
  readonly tab?: TabRegistration
}

/** What a page inside the system's client needs in a registration, beside the rest. */
export interface TabRegistration {
  /** `api://HOST/CLIENTID`: HOST is the hub's, the word CLIENTID stands for the id that the registration gets. */
  readonly applicationIdUri: string
  /** To be exposed under it, for everyone. */
  readonly scope: string
  /** The system's own clients, which get the scope without asking anybody. */
  readonly clients: readonly { readonly id: string; readonly name: string }[]
}

/** What one permission was found to be good for, tried on one person. */
export interface PermissionFinding {
  /** Name of the permission; empty for what comes before: the sign-in, the person. */
  readonly permission: string
  readonly outcome: 'granted' | 'missing' | 'failed' | 'notTried'
  /** In words. */
  readonly text: string
  readonly fix?: string
}

/** A trial of permissions on one person. */
export interface PermissionTrial {
  /** UPN or id at the system. */
  readonly person: string
  /** Also writes, and takes back at once; else nothing is changed. */
  readonly write: boolean
  /** Nothing is ever to be written: what only writing needs is not asked for. */
  readonly readOnly: boolean
}

/** Somebody who signed in at the system, as its token proves. */
export interface SystemAccount {
  /** The system's id of their organisation. */
  readonly organisation: string
  /** The system's id of the account: never given to somebody else. */
  readonly id: string
  /** What they sign in with there. */
  readonly name: string
}

/** A link by which an administrator of a system consents to the operator's application, without an account here. */
export interface ConsentLink {
  /** Wall clock, milliseconds; seven days after it was made. */
  readonly until: number
  /** Who made it, and when. */
  readonly by: string
  readonly at: number
}

/** Somebody consented; to be confirmed by an administrator of the tenant before anything is switched on. */
export interface ConsentProof {
  readonly id: string
  /** Who signed in at the system; the organisation is theirs. */
  readonly account: SystemAccount
  readonly at: number
  /** Names of permissions that are missing as of now; it can take some minutes until they are there. */
  readonly missing: readonly string[]
}

/** A consent in force. */
export interface ConsentGrant {
  readonly account: SystemAccount
  readonly at: number
  readonly confirmedBy: string
  readonly confirmedAt: number
}

/** A tenant's consent, whole. Times are wall clock, milliseconds. */
export interface ConsentStatus {
  readonly tenant: string
  readonly mode: ConsentMode
  /**
   * How the tenant's connector signs in there: with the customer's own registration, with the operator's application, or
   * there is no such connector yet.
   */
  readonly application: 'own' | 'operator' | 'none'
  /** The connector's id. */
  readonly connector?: string
  /** Nothing is written there. */
  readonly readOnly: boolean
  /** Whether the operator has an application that a link can ask consent for. */
  readonly linkPossible: boolean
  readonly link?: ConsentLink
  readonly proof?: ConsentProof
  readonly grant?: ConsentGrant
  /** Why the last attempt by the link came to nothing. */
  readonly lastRefusal?: { readonly at: number; readonly words: string }
  /** How many people there are, and for how many the hub acts. */
  readonly people: { readonly all: number; readonly agreed: number; readonly paired: number }
}

/** How a person's own sign-in at the system is doing. `red`: they must sign in again. */
export interface PairingView {
  readonly state: 'green' | 'amber' | 'red'
  readonly account: string
  /** Wall clock, milliseconds: when they signed in. */
  readonly at: number
  /** When the sign-in was last renewed. */
  readonly renewedAt: number
  /** Since when it cannot be renewed, and why. */
  readonly trouble?: { readonly since: number; readonly words: string; readonly fix?: string }
}

/** What one person has agreed to. */
export interface PersonConsent {
  readonly tenant: string
  /** Id of the person. */
  readonly person: string
  readonly mode: ConsentMode
  /** The hub acts for them, as far as links cover them. */
  readonly agreed: boolean
  /** Their own switch; absent where nobody touched it. */
  readonly switch?: { readonly on: boolean; readonly at: number; readonly by: string }
  /** Whether they can sign in with an account of their own at the system. */
  readonly canPair: boolean
  readonly pairing?: PairingView
  /** Why the last sign-in came to nothing: wall clock in milliseconds, and words. */
  readonly refusal?: { readonly at: number; readonly words: string }
}

/** Something that somebody has to do before all is well, or has done. */
export interface ActionItem {
  readonly tenant: string
  /** The same for the same thing each time. */
  readonly id: string
  readonly kind: 'connect' | 'consent' | 'confirm' | 'credential' | 'people' | 'pairing' | 'optIn'
  readonly state: 'open' | 'done'
  readonly title: string
  readonly text: string
  /** What to do. */
  readonly fix?: string
}

/** Who does it, for the audit log. */
interface By {
  readonly who: string
}

interface OfTenant {
  readonly tenant: string
}

/** A browser came back from the system with `query`; `kept` is what it had kept. */
export interface CameBack {
  readonly redirectUri: string
  readonly query: URLSearchParams
  readonly kept: string | undefined
}

/** What came of a way to the system and back. */
export type RoundTripEnd = (
  | {
      /** Done: words for the page that is shown. */
      readonly done: string
    }
  | {
      /** On to the next part. */
      readonly next: SentAway
    }
  | Refusal
) & {
  /** It ended in a window of its own, which tells whoever opened it. */
  readonly window?: true
  /** It has not ended: the same browser may try it again. */
  readonly again?: true
}

/** Undefined answers: there is no such tenant, or no such person. */
export interface ConsentPort {
  status(tenant: string): ConsentStatus | undefined
  /** What has to be done, and is done, in one tenant or in all. */
  actionItems(tenant?: string): Promise<readonly ActionItem[]>
  /** `origin` is how browsers reach the hub; `type` a connector's. */
  registration(
    wish: OfTenant & {
      readonly type: string
      readonly origin: string
      readonly readOnly: boolean
      readonly mode?: ConsentMode
    },
  ): Registration | undefined
  /** Tries a connector's permissions on a person; with `settings` in the place of what is configured. */
  tryPermissions(
    wish: OfTenant &
      Omit<PermissionTrial, 'readOnly'> & {
        readonly type: string
        readonly connector: string | undefined
        readonly settings: Readonly<Record<string, unknown>> | undefined
        /** Whoever wishes it looks after this tenant alone: other addresses and files of the hub's machine are refused. */
        readonly isBound?: true
      },
  ): Promise<readonly PermissionFinding[] | Refusal | undefined>
  /** A new link; the one before it is void. `code` is told once. */
  makeLink(
    wish: OfTenant & By,
  ): Promise<{ readonly code: string; readonly link: ConsentLink } | Refusal | undefined>
  endLink(wish: OfTenant & By): Promise<ConsentStatus | undefined>
  /** Switches on what the proof of this id has proved. */
  confirm(wish: OfTenant & By & { readonly proof: string }): Promise<ConsentStatus | Refusal | undefined>
  /** Takes a proof or a grant back: nothing is done any more in the tenant's name. */
  withdraw(wish: OfTenant & By): Promise<ConsentStatus | undefined>
  /** What the page of a link tells; refused where it works no more. */
  openLink(code: string): { readonly tenant: string; readonly permissions: readonly Permission[] } | Refusal
  followLink(wish: { readonly code: string; readonly redirectUri: string }): Promise<SentAway | Refusal>
  endConsentTrip(wish: CameBack): Promise<RoundTripEnd>
  person(who: OfTenant & { readonly person: string }): PersonConsent | undefined
  people(tenant: string): readonly PersonConsent[]
  /** The people's own switch. Answers those who are known; unknown ids are left out. */
  switchPeople(
    wish: OfTenant & By & { readonly people: readonly string[] | 'all'; readonly on: boolean },
  ): Promise<readonly PersonConsent[]>
  beginPairing(
    who: OfTenant & { readonly person: string; readonly redirectUri: string },
  ): Promise<SentAway | Refusal | undefined>
  /** A code by which a window without a session begins the sign-in of this person: once, for `lifeMs` milliseconds. */
  handOverPairing(
    who: OfTenant & { readonly person: string },
  ): { readonly code: string; readonly lifeMs: number } | Refusal | undefined
  /** Where that window goes; it ends with `window`. */
  takePairingOver(wish: { readonly code: string; readonly redirectUri: string }): Promise<SentAway | Refusal>
  endPairingTrip(wish: CameBack): Promise<RoundTripEnd>
  unpair(who: OfTenant & By & { readonly person: string }): Promise<PersonConsent | undefined>
}
