import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Problem } from '../../../core/alert.ts'
import type { RunningTenant } from '../port.ts'

const day = 24 * 60 * 60_000
/** A file may be replaced while the hub runs. */
const rereadMs = 60 * 60_000

interface Expiry {
  readonly tenant: string
  readonly connector: string
  readonly setting: string
  /** Wall clock, milliseconds. */
  readonly at: number
}

/**
 * When the certificates that connectors sign in with run out. Other secrets do not tell: Entra shows the end of a
 * client secret only to applications that may read the directory's registrations.
 */
export class Certificates {
  readonly #tenants: Iterable<RunningTenant>
  #expiries: readonly Expiry[] = []
  #readAt: number | undefined

  constructor(tenants: Iterable<RunningTenant>) {
    this.#tenants = tenants
  }

  /** Those that expire within `days` of `now` (wall clock, milliseconds), or have. */
  async find(now: number, days: number): Promise<readonly Problem[]> {
    if (this.#readAt === undefined || now - this.#readAt >= rereadMs) {
      this.#readAt = now
      this.#expiries = await readExpiries(this.#tenants)
    }
    return this.#expiries.filter(({ at }) => at - now < days * day).map((one) => describe(one, now, days))
  }
}

function describe({ tenant, connector, setting, at }: Expiry, now: number, days: number): Problem {
  const left = Math.floor((at - now) / day)
  const when = left < 0 ? 'has expired' : left === 0 ? 'expires today' : `expires in ${left} days`
  return {
    key: `secretExpiring ${tenant} ${connector} ${setting} ${at}`,
    kind: 'secretExpiring',
    title: `The certificate of ${tenant}/${connector} ${at <= now ? 'has expired' : 'expires soon'}`,
    text: `${setting} ${when} (${new Date(at).toISOString().slice(0, 10)}). After that nobody can be read or written there.`,
    fix: 'Make a new certificate, upload it beside the old one, then configure it here and restart.',
    since: at - days * day,
    tenant,
  }
}

async function readExpiries(tenants: Iterable<RunningTenant>): Promise<readonly Expiry[]> {
  const found: Expiry[] = []
  for (const { config } of tenants) {
    for (const { id, settings } of config.connectors) {
      for (const [setting, text] of listTexts(settings, '')) {
        const at = await expiryOf(setting, text)
        if (at !== undefined) found.push({ tenant: config.id, connector: id, setting, at })
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
async function expiryOf(setting: string, text: string): Promise<number | undefined> {
  const isPem = text.includes('-----BEGIN CERTIFICATE-----')
  if (!isPem && !/cert\w*file$/i.test(setting)) return undefined
  try {
    const at = Date.parse(new X509Certificate(isPem ? text : await readFile(text)).validTo)
    return Number.isFinite(at) ? at : undefined
  } catch {
    return undefined
  }
}
