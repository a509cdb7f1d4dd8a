import { fieldsOf } from '../kit/http.ts'
import { type SyncProblem, syncProblem } from '../kit/vendor-sync.ts'
import { textIn } from './fields.ts'
import type { Subscription } from './subscriptions.ts'

const connectToTeams = /connect-?to-?teams/i

/**
 * ConnecttoTeams beside us: its name in the address of an event subscription or in the user agent of a device. The API
 * has no switch of its own for it, so this is inferred. Returns the field that tells, undefined where none does.
 */
export function foreignSync(subscriptions: readonly Subscription[], devices: unknown): string | undefined {
  const posted = subscriptions.find(({ url }) => connectToTeams.test(URL.parse(url)?.host ?? ''))
  if (posted) return `post-url of the subscription to "${posted.model}" points at ${new URL(posted.url).host}`
  for (const device of Array.isArray(devices) ? devices : []) {
    const fields = fieldsOf(device)
    const agent = textIn(fields, ['device-sip-registration-user-agent']) ?? ''
    if (connectToTeams.test(agent)) {
      return `device-sip-registration-user-agent of a device of user ${textIn(fields, ['user'])} names ConnecttoTeams`
    }
  }
  return undefined
}

const missing: SyncProblem = {
  text: 'This connector has teamsSync: vendor, but nothing in this domain tells of ConnecttoTeams.',
  fix: 'Set ConnecttoTeams up for the domain, or set "teamsSync: hub" and link the two; its traces may also be hidden from this key.',
}

/** What is wrong about ConnecttoTeams beside us. `foreign`: the field that tells of it, undefined where none does. */
export function foreignProblem(
  foreign: string | undefined,
  teamsSync: 'hub' | 'vendor' | undefined,
): SyncProblem | undefined {
  const double = {
    text: `ConnecttoTeams is at work in this domain (${foreign}): two engines would write the same states.`,
    fix: 'Switch its presence sync and its pausing of inbound calls off; or keep it, set "teamsSync: vendor" at this connector, and remove its links with Teams.',
  }
  return syncProblem(foreign !== undefined, teamsSync, { missing, double })
}
