import { randomUUID } from 'node:crypto'
import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { canDeliver } from '../kit/callback.ts'
import type { Settings } from './settings.ts'
import { type PingAnswer, TargetClient } from './target.ts'

/** Asks the target for a sign of life and tells where deliveries are taken. Never throws; leaves nothing behind. */
export async function checkWebhook(
  settings: Settings,
  context: ConnectorContext,
): Promise<readonly Finding[]> {
  const { target, secrets } = settings
  if (target instanceof ConnectorFailure) {
    const { message, fix } = target
    return [{ level: 'error', text: message, ...(fix !== undefined && { fix }) }]
  }
  if (!target && secrets.length === 0) {
    const fix = 'Give secrets to take deliveries, or targetUrl and targetSecrets to write.'
    return [{ level: 'error', text: 'Neither secrets nor targetUrl is set.', fix }]
  }
  const findings = secrets.length > 0 ? describeInbound(settings, context) : []
  if (!target) return findings
  // Without a callback: a trial must not make anybody deliver to a hub that is not running.
  const answer = await new TargetClient(target, context, context.signal).ping(randomUUID(), undefined)
  return [...findings, describeTarget(answer)]
}

function describeInbound({ proof, target }: Settings, context: ConnectorContext): Finding[] {
  const callback = context.callbackUrl()
  const how = proof === 'signature' ? 'with a Standard Webhooks signature' : 'with the secret in its header'
  if (callback === undefined) return [{ level: 'ok', text: `deliveries are taken ${how} while the hub runs` }]
  const findings: Finding[] = [{ level: 'ok', text: `deliveries are taken at ${callback} ${how}` }]
  const other = target && !(target instanceof ConnectorFailure) ? target.url : 'https://elsewhere.example'
  if (!canDeliver(callback, other)) {
    findings.push({
      level: 'info',
      text: 'Only programs on this machine can deliver.',
      fix: 'Set http.publicUrl to the address at which others reach this hub.',
    })
  }
  return findings
}

function describeTarget(answer: PingAnswer): Finding {
  switch (answer.kind) {
    case 'ok':
      return { level: 'ok', text: 'the target takes what we send' }
    case 'refused':
      return {
        level: 'error',
        text: `The target refuses what we send with status ${answer.status}.`,
        fix:
          answer.status === 404
            ? 'Correct targetUrl.'
            : 'Let the target know the secret in targetSecrets, and answer 2xx to events of a type it does not use.',
      }
    case 'trouble':
      return {
        level: 'error',
        text: `The target cannot be used: ${answer.reason}.`,
        fix: 'See that it runs, and that this machine may reach targetUrl.',
      }
  }
}
