import { type Path, readPath } from './problem.ts'
import type { SchemaProblem } from './schema-error.ts'

/** What the schema of alerts and of time zones cannot see. */
export function checkAlerts(config: unknown): readonly SchemaProblem[] {
  const zones: Path[] = [['alerts', 'quietHours', 'timeZone']]
  const tenants = readPath(config, ['tenants'])
  for (const index of Array.isArray(tenants) ? tenants.keys() : []) zones.push(['tenants', index, 'timeZone'])
  const problems = zones.flatMap((path) => {
    const zone = readPath(config, path)
    if (typeof zone !== 'string' || isTimeZone(zone)) return []
    const fix = 'Write an IANA name such as Europe/Berlin or UTC.'
    return [{ path, message: 'is not a time zone', fix }]
  })
  const mail = ['alerts', 'mail']
  const password = readPath(config, [...mail, 'password'])
  const user = readPath(config, [...mail, 'user'])
  if ((password === undefined) === (user === undefined)) return problems
  const missing = user === undefined ? 'user' : 'password'
  return [
    ...problems,
    { path: [...mail, missing], message: 'is missing', fix: 'Give user and password, or neither.' },
  ]
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
