import { nameSome, type ToldHealth } from '../kit/health-teller.ts'
import type { Monitors } from './monitors.ts'
import { kindOf } from './refusal.ts'

/** How a connected system does. */
export function judgeHealth(monitors: Monitors, brokenStatus: string | undefined): ToldHealth {
  if (brokenStatus !== undefined) {
    return {
      state: 'degraded',
      detail: `The system says that it is ${brokenStatus}.`,
      fix: 'Look at its log.',
    }
  }
  const refused = [...monitors.refused].filter(([, refusal]) => kindOf(refusal) !== 'unknownDevice')
  const first = refused[0]
  if (first) {
    const names = nameSome(
      refused.map(([extension]) => extension),
      10,
    )
    return {
      state: 'degraded',
      detail: `The system does not let these be monitored: ${names} (${first[1].message}).`,
      fix:
        kindOf(first[1]) === 'limit'
          ? 'Monitors are licensed: buy more at the system, or end those of other applications.'
          : 'Give this application user the right to monitor these extensions.',
    }
  }
  return { state: 'up', detail: `${monitors.size} extensions are monitored` }
}
