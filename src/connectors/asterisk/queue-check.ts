import type { ConnectorContext, Finding } from '../../core/connector.ts'
import { ConnectorFailure } from '../../core/connector.ts'
import type { Settings } from './config.ts'
import { readMembers } from './queue-pause.ts'
import { AmiRefusal, AmiSession } from './session.ts'

/** Trial connection: signs in, lists the queues' members, and looks whether pausing is allowed; pauses nobody. */
export async function checkQueues(
  settings: Settings,
  context: ConnectorContext,
): Promise<readonly Finding[]> {
  let session: AmiSession | undefined
  try {
    const ignore = () => {}
    const { clock, network } = context
    const options = { settings, clock, network, onEvent: ignore, onMalformed: ignore, onDoubt: ignore }
    session = await AmiSession.open(options, context.signal)
    const allowed = (await session.action('ListCommands')).headers
    const members = await readMembers(session)
    const people = new Set(members.map(({ extension }) => extension)).size
    const queues = new Set(members.map(({ queue }) => queue)).size
    const findings: Finding[] = [
      { level: 'ok', text: `Signed in at ${settings.host}:${settings.port} as "${settings.username}".` },
      { level: 'ok', text: `${people} people are in ${queues} queues at the moment.` },
    ]
    if (allowed.has('queuepause')) return findings
    const text = 'This user may not use QueuePause: nobody can be paused.'
    return [
      ...findings,
      {
        level: 'error',
        text,
        fix: `Add agent to "write" of section [${settings.username}] in manager.conf and reload the manager.`,
      },
    ]
  } catch (error) {
    return [failed(error, settings)]
  } finally {
    session?.close()
  }
}

function failed(error: unknown, { host, port, username }: Settings): Finding {
  if (error instanceof ConnectorFailure) {
    return { level: 'error', text: error.message, fix: error.fix ?? 'Look into the log of the PBX.' }
  }
  if (error instanceof AmiRefusal && error.missing) {
    return {
      level: 'error',
      text: 'This Asterisk has no queues (app_queue is not loaded).',
      fix: 'Load app_queue.',
    }
  }
  if (error instanceof AmiRefusal && error.denied) {
    const fix = `Add agent to "read" and "write" of section [${username}] in manager.conf and reload the manager.`
    return { level: 'error', text: 'The queues may not be read.', fix }
  }
  const text = `The PBX at ${host}:${port} did not answer the questions of the check: ${String(error)}`
  return { level: 'error', text, fix: 'Look at the load and the log of the PBX, and try again.' }
}
