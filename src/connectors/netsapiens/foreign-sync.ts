import { fieldsOf } from '../kit/http.ts'
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
