import type { Clock } from '../../core/ports.ts'
import type { Faults } from '../faults.ts'
import type { Phones } from '../phones.ts'
import type { RequestLog } from '../request-log.ts'
import type { Accounts } from './accounts.ts'
import type { WebexSettings } from './settings.ts'
import type { Tokens } from './tokens.ts'
import type { Webhooks } from './webhooks.ts'

/** The emulated Webex, as its parts see it. */
export interface WebexWorld {
  readonly clock: Clock
  readonly phones: Phones
  readonly faults: Faults
  readonly requests: RequestLog
  readonly settings: WebexSettings
  readonly accounts: Accounts
  readonly tokens: Tokens
  readonly webhooks: Webhooks
}
