import type { TenantConfig } from '../../config/resolved.ts'
import { checkRouting } from '../../config/routing.ts'
import { findSharedClients } from '../../config/shared-clients.ts'
import { systemClock } from '../../observe/clock.ts'
import { createLog } from '../../observe/log.ts'
import { createMetrics } from '../../observe/metrics.ts'
import { type CheckParts, checkSystems } from '../hub/check.ts'
import { checkPeople } from '../hub/check-people.ts'
import { openOutbound } from '../hub/outbound.ts'
import { registry } from '../registry.ts'
import { type Command, textOf } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { type CheckedConnector, formatFindings, hasFault } from './findings.ts'
import { configFile, configOption, loadConfigFile } from './load-config.ts'

export const check: Command = {
  name: 'check',
  summary: 'Check the configuration, then try each connector and look for the people.',
  options: {
    config: configOption,
    live: {
      type: 'string',
      value: 'UPN',
      description: 'Also write, read back and clear for this one person, who agrees to it.',
    },
    unlicensed: {
      type: 'string',
      value: 'UPN',
      description: 'With --live: an account without a Teams licence, to try one write on.',
    },
    consent: { type: 'boolean', description: 'The person agrees; do not ask.' },
    recording: {
      type: 'string',
      value: 'FILE',
      description: 'Where --live saves its redacted recording (default: a new file in this folder).',
    },
  },
  details: `Ends with 1 where anything is found that is to be put right: a warning or an error. Lines with ok and info are
not. Nothing is changed without --live. With it, each state that a sync may set is set for a moment, on the real
systems, and taken back; the person must agree, and should be neither in a call nor on do not disturb. A hub that runs
with this configuration pauses the person meanwhile. Open points of the systems' documents are asked and answered in a
table; what only a person can see is asked for on the terminal.`,
  async run(parsed, io) {
    const config = loadConfigFile(configFile(parsed, io), io)
    io.out('The configuration is valid.\n')
    const log = createLog({ level: 'error' })
    for (const secret of config.secrets) log.hide(secret)
    const clock = systemClock()
    const metrics = createMetrics({ processMetrics: false })
    const abort = new AbortController()
    try {
      const outbound = openOutbound(config.network)
      const parts = { clock, log, metrics, outbound, signal: abort.signal }
      const checked = await checkSystems(config.tenants, parts)
      const routing = config.tenants.map((tenant) => ({
        connector: `${tenant.id} links`,
        findings: checkRouting(tenant, registry),
      }))
      const refused = hasError(checked)
      // Who cannot sign in cannot tell who is there either: one fault is told once.
      const people = refused ? [] : await eachTenant(config.tenants, parts)
      const shared = findSharedClients(config, registry)
      const clients = shared.length > 0 ? [{ connector: 'shared clients', findings: shared }] : []
      const all = [...routing, ...clients, ...checked, ...people]
      io.out(formatFindings(all, (text) => log.clean(text)))
      const upn = textOf(parsed, 'live')
      const faulty = all.some(({ findings }) => hasFault(findings))
      const verdict = faulty ? exitCodes.findings.code : exitCodes.ok.code
      // What was tried on top of a connection that does not work would tell nothing.
      if (upn === undefined || refused || hasError(people)) return verdict
      const { checkLive } = await import('./check-live.ts')
      return Math.max(verdict, await checkLive({ config, upn, parsed, io, parts: { ...parts, log } }))
    } finally {
      abort.abort()
    }
  },
}

function hasError(checked: readonly CheckedConnector[]): boolean {
  return checked.some(({ findings }) => findings.some(({ level }) => level === 'error'))
}

async function eachTenant(tenants: readonly TenantConfig[], parts: CheckParts): Promise<CheckedConnector[]> {
  const checked: CheckedConnector[] = []
  for (const tenant of tenants) {
    checked.push({ connector: `${tenant.id} people`, findings: await checkPeople(tenant, parts) })
  }
  return checked
}
