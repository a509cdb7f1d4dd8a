import type { ConnectorContext, Finding } from '../../core/connector.ts'
import { isLoopback } from '../kit/base-url.ts'
import type { Settings } from './config.ts'
import { rollOf } from './roll.ts'

function aboutPlace(callback: string): Finding {
  const { protocol, hostname } = new URL(callback)
  if (isLoopback(hostname)) {
    return {
      level: 'info',
      text: `Agents connect to ${callback}, which only this machine reaches.`,
      fix: 'Set http.publicUrl to an https address for agents on other computers.',
    }
  }
  if (protocol === 'https:') return { level: 'ok', text: `Agents connect to ${callback}.` }
  return {
    level: 'warning',
    text: `Agents connect to ${callback}: their tokens go over the network in clear.`,
    fix: 'Put a TLS proxy before the hub and set http.publicUrl to its https address.',
  }
}

/** There is nothing to connect to: agents come to the hub. Tells what they need, and who is there. */
export function checkAgents(
  settings: Settings,
  context: Pick<ConnectorContext, 'tenant' | 'connector' | 'shared' | 'callbackUrl'>,
): readonly Finding[] {
  const { agents, writes } = settings
  const callback = context.callbackUrl()
  const { connected } = rollOf(context)
  const findings: Finding[] = [
    {
      level: 'ok',
      text: agents.length === 1 ? '1 agent may connect.' : `${agents.length} agents may connect.`,
    },
  ]
  if (callback === undefined) {
    findings.push({
      level: 'info',
      text: 'The hub is not running: whether agents connect can only be seen while it does.',
    })
    return findings
  }
  findings.push(aboutPlace(callback))
  findings.push(
    connected.length > 0
      ? { level: 'ok', text: `Connected: ${connected.map(({ id }) => id).join(', ')}.` }
      : {
          level: 'warning',
          text: 'No agent is connected.',
          fix: 'Start one, such as hookswitch agent; see docs/guide/agent-protocol.md.',
        },
  )
  if (writes !== 'nothing' && agents.every(({ write = true }) => !write)) {
    findings.push({
      level: 'info',
      text: 'No agent may be written to, although something is to be written.',
      fix: 'Set "writes: nothing", or "write: true" for an agent.',
    })
  }
  return findings
}
