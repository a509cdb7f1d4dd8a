import { formatWarnings, listRoutingWarnings } from '../../config/routing-warnings.ts'
import { listClientWarnings } from '../../config/shared-clients.ts'
import type { PolicyChange } from '../../history/policy-book.ts'
import type { Reconfigured } from '../hub/reconfigure.ts'
import type { RunningHub } from '../hub.ts'
import { registry } from '../registry.ts'
import type { Io } from './command.ts'
import { loadConfigFile } from './load-config.ts'

/** Reads the file again and brings the running hub to it. One that is not right changes nothing. */
export async function reload(
  file: string,
  io: Io,
  on: { hub: RunningHub; change: PolicyChange },
): Promise<void> {
  try {
    const config = loadConfigFile(file, io)
    io.out(describe(await on.hub.apply(config, on.change)))
    const warnings = [...listRoutingWarnings(config, registry), ...listClientWarnings(config, registry)]
    io.out(formatWarnings(warnings))
  } catch (error) {
    io.err(`${(error as Error).message}\nThe hub goes on with the configuration it has.\n`)
  }
}

function describe({ added, changed, removed, afterRestart }: Reconfigured): string {
  const named = (what: string, ids: readonly string[]) =>
    ids.length > 0 ? [`${what} ${ids.join(', ')}`] : []
  const tenants = [...named('added', added), ...named('changed', changed), ...named('removed', removed)]
  const done = tenants.length > 0 ? tenants.join('; ') : 'no tenant differs'
  const rest = afterRestart.length > 0 ? ` What differs in ${afterRestart.join(', ')} takes a restart.` : ''
  return `The configuration was read again: ${done}.${rest}\n`
}
