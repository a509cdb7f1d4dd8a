import type { Finding } from '../../core/connector.ts'
import { fieldsOf } from '../kit/http.ts'
import type { ApiClient } from './client.ts'
import type { Settings } from './config.ts'
import { textIn } from './fields.ts'

/** Scopes that see a whole domain (schema ApiKey). That Office Manager is enough is inferred. */
const wideScopes = new Set(['Office Manager', 'Reseller', 'Super User', 'NDP'])
/** Models that the connector reads and writes, as `allowed-models` names them. */
const models = ['answerrule', 'call', 'device', 'event', 'presence', 'subscriber']

/** What the API key says of itself (`GET /apikeys/~`); nothing for another sign-in. */
export async function keyFindings(client: ApiClient, settings: Settings): Promise<Finding[]> {
  if (!('kind' in settings.signIn) || settings.signIn.kind !== 'apiKey') return []
  const reply = await client.send({ call: 'key', method: 'GET', path: '/apikeys/~', priority: 'hot' })
  if (reply.kind !== 'ok') return []
  const key = fieldsOf(reply.json)
  const { operator } = settings.profile
  const problems: Finding[] = []
  const scope = textIn(key, ['user-scope'])
  if (scope !== undefined && !wideScopes.has(scope)) {
    problems.push({
      level: 'error',
      text: `The API key has the scope "${scope}", which sees one user only (user-scope).`,
      fix: `Ask ${operator} for a key of scope Office Manager.`,
    })
  }
  const domain = textIn(key, ['domain'])
  if (domain !== undefined && domain !== '*' && domain.toLowerCase() !== settings.domain) {
    problems.push({
      level: 'error',
      text: `The API key is for domain "${domain}", not for "${settings.domain}" (domain).`,
      fix: 'Correct "domain", or use the key of this domain.',
    })
  }
  if (key.readonly === 'yes' && settings.writeDnd && !settings.sip) {
    problems.push({
      level: 'error',
      text: 'The API key may only read (readonly), so that do not disturb cannot be written.',
      fix: `Ask ${operator} for a key that may write, or set "writeDnd: false".`,
    })
  }
  const allowed = key['allowed-models']
  const list = Array.isArray(allowed) ? allowed : typeof allowed === 'string' ? allowed.split(',') : ['*']
  const missing = list.includes('*') ? [] : models.filter((model) => !list.includes(model))
  if (missing.length > 0) {
    problems.push({
      level: 'warning',
      text: `The API key does not allow the models ${missing.join(', ')} (allowed-models).`,
      fix: `Ask ${operator} to allow them.`,
    })
  }
  return problems.length > 0 ? problems : [{ level: 'ok', text: `The API key has the scope "${scope}".` }]
}
