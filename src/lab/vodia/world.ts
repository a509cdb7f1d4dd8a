import type { Clock } from '../../core/ports.ts'
import type { Faults } from '../faults.ts'
import type { Phones } from '../phones.ts'
import type { RequestLog } from '../request-log.ts'
import type { ActionUrls } from './action-urls.ts'
import type { DndBook } from './dnd.ts'
import type { Sessions } from './sessions.ts'

/** What a test or the lab decides about the emulated PBX. */
export interface VodiaSettings {
  /** Tenants by DNS name, each with the first digits of its extensions; an empty text takes every phone. */
  readonly domains: Readonly<Record<string, string>>
  /** Of `admin` (the whole system) and of `admin@{domain}`. */
  readonly password: string
  readonly version: string
  /** Without it every request is answered with 403, as for an administrator without "API access". */
  readonly apiAccess: boolean
  /** The vendor's own presence sync with Teams is set up. */
  readonly teamsPresence: boolean
  /** Whether `expires` of a do not disturb is obeyed and shown. */
  readonly dndExpires: boolean
  /** Which variables of action URLs are filled in: all that we know of, or only the one that is documented. */
  readonly variables: 'all' | 'documented'
  /** Accounts that are no phones, for example `{ 700: 'acds' }`. */
  readonly accounts: Readonly<Record<string, string>>
}

/** The emulated PBX, as its parts see it. */
export interface VodiaWorld {
  readonly clock: Clock
  readonly phones: Phones
  readonly faults: Faults
  readonly requests: RequestLog
  readonly settings: VodiaSettings
  readonly dnd: DndBook
  readonly sessions: Sessions
  readonly actionUrls: ActionUrls
}

/** The extension as this tenant has it; undefined for another tenant's and for nobody's. */
export function extensionOf({ phones, settings }: Pick<VodiaWorld, 'phones' | 'settings'>, account: string) {
  const [extension = '', domain = ''] = account.split('@')
  const prefix = settings.domains[domain.toLowerCase()]
  const phone = phones.phone(extension)
  return prefix !== undefined && phone && extension.startsWith(prefix) ? phone : undefined
}

/** The tenant of an extension. */
export function domainOf({ settings }: Pick<VodiaWorld, 'settings'>, extension: string): string | undefined {
  return Object.entries(settings.domains).find(([, prefix]) => extension.startsWith(prefix))?.[0]
}
