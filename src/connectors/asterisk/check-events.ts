import type { ConnectorContext, Finding } from '../../core/connector.ts'
import { type AmiMessage, header } from './frames.ts'
import type { AmiSession } from './session.ts'

/** A custom device of nobody's, set and set back to see whether the event arrives. */
const probe = 'Custom:HookswitchCheck'
const patienceMs = 2000
const lookMs = 50

/**
 * Whether live events reach this user cannot be asked; it is tried. Without events the hub hears of a change only at
 * its next sweep. What is set for the trial is deleted again where this user may do that.
 */
export async function proveEvents(
  session: AmiSession,
  seen: {
    readonly allowed: ReadonlySet<string>
    readonly heard: readonly AmiMessage[]
    readonly context: ConnectorContext
  },
): Promise<readonly Finding[]> {
  const { allowed, heard, context } = seen
  const findings: Finding[] = []
  if (!heard.some((message) => message.name === 'FullyBooted')) {
    findings.push({
      level: 'warning',
      text: 'This user does not hear system events: a restart of the PBX is noticed only when the connection drops.',
      fix: 'Add system to "read" of this user in manager.conf.',
    })
  }
  if (!allowed.has('setvar')) {
    return [
      ...findings,
      {
        level: 'warning',
        text: 'Whether live events arrive cannot be tried without write = call; read = call is needed.',
        fix: 'Make sure that "read" of this user has call.',
      },
    ]
  }
  for (const state of ['INUSE', 'NOT_INUSE']) {
    await session.action('Setvar', { Variable: `DEVICE_STATE(${probe})`, Value: state })
  }
  const arrived = await waitFor(context, () =>
    heard.some((message) => message.name === 'DeviceStateChange' && header(message, 'device') === probe),
  )
  if (allowed.has('dbdel'))
    await session.action('DBDel', { Family: 'CustomDevstate', Key: 'HookswitchCheck' }).catch(() => {})
  return [
    ...findings,
    arrived
      ? { level: 'ok', text: 'Live events arrive.' }
      : {
          level: 'error',
          text: 'Live events do not arrive: calls would be noticed only at the next sweep.',
          fix: 'Add call to "read" of this user in manager.conf, and look for an eventfilter there.',
        },
  ]
}

/** True as soon as the condition holds; false when it does not in time. */
function waitFor({ clock }: ConnectorContext, condition: () => boolean): Promise<boolean> {
  const deadline = clock.monotonic() + patienceMs
  return new Promise((resolve) => {
    const look = () => {
      if (condition()) resolve(true)
      else if (clock.monotonic() >= deadline) resolve(false)
      else clock.after(lookMs, look)
    }
    look()
  })
}
