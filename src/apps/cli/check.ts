import { checkRouting } from '../../config/routing.ts'
import { systemClock } from '../../observe/clock.ts'
import { createLog } from '../../observe/log.ts'
import { createMetrics } from '../../observe/metrics.ts'
import { checkSystems } from '../hub/check.ts'
import { registry } from '../registry.ts'
import { type Command, textOf } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { formatFindings } from './findings.ts'
import { configFile, configOption, loadConfigFile } from './load-config.ts'

export const check: Command = {
  name: 'check',
  summary: 'Check the configuration, then try each connector.',
  options: {
    config: configOption,
    live: {
      type: 'string',
      value: 'UPN',
      description: 'Also write, read back and clear for this one person, who agrees to it.',
    },
    consent: { type: 'boolean', description: 'The person agrees; do not ask.' },
    recording: {
      type: 'string',
      value: 'FILE',
      description: 'Where --live saves its redacted recording (default: a new file in this folder).',
    },
  },
  details: `Nothing is changed without --live. With it, each state that a sync may set is set for a moment, on the real
systems, and taken back; the person must agree, and should be neither in a call nor on do not disturb.`,
  async run(parsed, io) {
    const config = loadConfigFile(configFile(parsed, io), io)
    io.out('The configuration is valid.\n')
    const log = createLog({ level: 'error' })
    for (const secret of config.secrets) log.hide(secret)
    const clock = systemClock()
    const metrics = createMetrics({ processMetrics: false })
    const abort = new AbortController()
    try {
      const parts = { clock, log, metrics, signal: abort.signal }
      const checked = await checkSystems(config.tenants, parts)
      const routing = config.tenants.map((tenant) => ({
        connector: `${tenant.id} links`,
        findings: checkRouting(tenant, registry),
      }))
      io.out(log.clean(formatFindings([...routing, ...checked])))
      const failed = checked.some(({ findings }) => findings.some(({ level }) => level === 'error'))
      const upn = textOf(parsed, 'live')
      if (failed) return exitCodes.findings.code
      if (upn === undefined) return exitCodes.ok.code
      const { checkLive } = await import('./check-live.ts')
      return await checkLive({ config, upn, parsed, io, parts: { ...parts, log } })
    } finally {
      abort.abort()
    }
  },
}
