import { randomBytes } from 'node:crypto'
import type { Finding } from '../../core/connector.ts'
import type { UserAgent } from '../kit/sip/user-agent.ts'
import type { Settings } from './config.ts'
import { EventState } from './event-state.ts'

const answerMs = 8000
const lifeMs = 60_000

/**
 * Removes a publication that nobody has made: a presence server that would take one of ours answers 412 (RFC 3903
 * section 6), and nobody's state is touched.
 */
export async function checkPublishing(settings: Settings, agent: UserAgent): Promise<Finding> {
  const { probe, username, domain } = settings
  const state = new EventState({
    event: 'presence',
    target: `sip:${encodeURIComponent(probe)}@${domain}`,
    publisher: `sip:${encodeURIComponent(username)}@${domain}`,
    kept: { etag: `check-${randomBytes(6).toString('hex')}`, until: lifeMs },
    wall: () => 0,
    request: (request) => agent.request(request, answerMs),
  })
  const response = await state.remove()
  const status = response?.status ?? 0
  if (status === 412 || (status >= 200 && status < 300)) {
    return { level: 'ok', text: `States may be published for extension ${probe} (PUBLISH).` }
  }
  // An account that is no phone itself is the usual case.
  if (status === 404 && probe === username) {
    return {
      level: 'info',
      text: `Publishing was not tried: "${username}" is no extension itself (404).`,
      fix: 'Set probe to an extension of a person to have it tried.',
    }
  }
  return {
    level: 'error',
    text: `The server takes no PUBLISH for extension ${probe}: ${status} ${response?.reason ?? ''}`.trim(),
    fix: 'Switch the presence server of the PBX on and let this account publish, or set publish to false.',
  }
}
