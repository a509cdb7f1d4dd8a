import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Problem } from '../../../core/alert.ts'
import type { RunningTenant } from '../port.ts'

const day = 24 * 60 * 60_000
/** A file may be replaced while the hub runs. */
const rereadMs = 60 * 60_000
/** Days before the end on which it is told once more. */
const reminders = [14, 7, 1]

/** The end of something that a connector signs in with. */
export interface Expiry {
  readonly tenant: string
  readonly connector: string
  readonly setting: string
  readonly what: 'certificate' | 'secret'
  /** Wall clock, milliseconds. */
  readonly at: number
}

/**
 * When what connectors sign in with runs out: certificates by themselves, secrets by the date that the configuration
 * gives (a setting whose name ends in `Expires`), and what a connector can read of its own account.
 */
export class Expiries {
  readonly #tenants: Iterable<RunningTenant>
  #configured: readonly Expiry[] = []
  #readAt: number | undefined

  constructor(tenants: Iterable<RunningTenant>) {
    this.#tenants = tenants
  }

  /** Those that expire within `days` of `now` (wall clock, milliseconds), or have. */
  async find(now: number, days: number): Promise<readonly Problem[]> {
    const all = await this.list(now)
    return all.filter(({ at }) => at - now < days * day).map((one) => describe(one, now, days))
  }

  /** All that are known. */
  async list(now: number): Promise<readonly Expiry[]> {
    if (this.#readAt === undefined || now - this.#readAt >= rereadMs) {
      this.#readAt = now
      this.#configured = await readConfigured(this.#tenants)
    }
    const told = this.#told()
    const isTold = (one: Expiry) => told.some((other) => placeOf(other) === placeOf(one))
    return [...this.#configured.filter((one) => !isTold(one)), ...told]
  }

  #told(): Expiry[] {
    return [...this.#tenants].flatMap(({ config, systems }) =>
      [...systems].flatMap(([connector, { system }]) =>
        (system.instance.credentialEnds?.() ?? []).map(({ setting, at }) => ({
          ...{ tenant: config.id, connector, setting, what: 'secret' as const, at },
        })),
      ),
    )
  }
}

/** What a system itself tells of its secret stands above the date somebody wrote down. */
function placeOf({ tenant, connector, setting }: Expiry): string {
  return `${tenant}\n${connector}\n${setting}`
}

const fixes: Readonly<Record<Expiry['what'], string>> = {
  certificate: 'Make a new certificate, upload it beside the old one, then configure it here and restart.',
  secret:
    'Make a new secret beside the old one, configure it here with the date of its end, restart, then delete the old one.',
}

function describe({ tenant, connector, setting, what, at }: Expiry, now: number, days: number): Problem {
  const left = Math.floor((at - now) / day)
  const when = at <= now ? 'has expired' : left === 0 ? 'expires today' : `expires in ${left} days`
  const reminder = reminders.findLast((one) => at - now <= one * day)
  return {
    key: `secretExpiring ${tenant} ${connector} ${setting} ${at}`,
    kind: 'secretExpiring',
    title: `The ${what} of ${tenant}/${connector} ${at <= now ? 'has expired' : 'expires soon'}`,
    text: `${setting} ${when} (${new Date(at).toISOString().slice(0, 10)}). After that nobody can be read or written there.`,
    fix: fixes[what],
    since: at - days * day,
    tenant,
    ...(at <= now ? { again: 'expired' } : reminder !== undefined && { again: `${reminder} days` }),
  }
}

async function readConfigured(tenants: Iterable<RunningTenant>): Promise<readonly Expiry[]> {
  const found: Expiry[] = []
  for (const { config } of tenants) {
    for (const { id, settings } of config.connectors) {
      for (const [setting, text] of listTexts(settings, '')) {
        const common = { tenant: config.id, connector: id }
        const date = setting.endsWith('Expires') ? Date.parse(text) : Number.NaN
        if (Number.isFinite(date)) {
          found.push({ ...common, setting: setting.slice(0, -'Expires'.length), what: 'secret', at: date })
          continue
        }
        const at = await certificateEnd(setting, text)
        if (at !== undefined) found.push({ ...common, setting, what: 'certificate', at })
      }
    }
  }
  return found
}

function listTexts(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => listTexts(child, path ? `${path}.${key}` : key))
}

/** Of a certificate in PEM, or of the file of one; what cannot be read is the connector's to complain of. */
async function certificateEnd(setting: string, text: string): Promise<number | undefined> {
  const isPem = text.includes('-----BEGIN CERTIFICATE-----')
  if (!isPem && !/cert\w*file$/i.test(setting)) return undefined
  try {
    const at = Date.parse(new X509Certificate(isPem ? text : await readFile(text)).validTo)
    return Number.isFinite(at) ? at : undefined
  } catch {
    return undefined
  }
}
