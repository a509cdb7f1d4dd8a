import { fieldsOf, readJson } from '../kit/http.ts'
import { flagOf, textIn } from './fields.ts'

/** What the hub needs of the tenant's settings (`GET /rest/domain/{domain}/settings`). */
export interface TenantSettings {
  readonly starCodes: ReadonlySet<string>
  /** The vendor's own presence sync with Teams, in the words of the setting; undefined where it is off. */
  readonly ownSync: string | undefined
}

export function decodeTenant(json: unknown): TenantSettings {
  const fields = fieldsOf(json)
  const codes = Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith('code_') && typeof value === 'string' && value !== '' ? [value] : [],
  )
  return { starCodes: new Set(codes), ownSync: ownSyncOf(fields.intpub) }
}

/** `intpub` is JSON in a text and holds tokens too: nothing of it but these two words leaves this function. */
function ownSyncOf(value: unknown): string | undefined {
  const published = fieldsOf(typeof value === 'string' ? readJson(value) : value)
  if (published.teamspresence === undefined) return undefined
  const sync = fieldsOf(published.teamspresence)
  const group = textIn(sync, ['group']) ?? ''
  const toTeams = flagOf(sync.teams_presence_v2t ?? false) === true
  if (group === '' && !toTeams) return undefined
  return `intpub.teamspresence: group = ${group || 'none'}, teams_presence_v2t = ${toTeams}`
}

/** The release that the vendor's own presence sync began with, and the oldest that this connector is meant for. */
export const oldestVersion = '69.5.13'

/** `70.3.1` out of `70.3.1 (Debian64)`. */
export function decodeVersion(json: unknown): string | undefined {
  return /\d+(\.\d+)+/.exec(textIn(fieldsOf(json), ['version', 'Version']) ?? '')?.[0]
}

export function isTooOld(version: string): boolean {
  const parts = (text: string) => text.split('.').map(Number)
  const [have, need] = [parts(version), parts(oldestVersion)]
  for (const [index, wanted] of need.entries()) {
    const found = have[index] ?? 0
    if (found !== wanted) return found < wanted
  }
  return false
}
