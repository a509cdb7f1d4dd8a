import type { ConfigWarning } from '../../core/config-port.ts'
import type { Metrics } from '../../core/ports.ts'
import type { ConfigOthers } from '../config/hub-configuration.ts'
import type { MachineProblems } from './problems/machine.ts'
import type { Seat } from './seat.ts'

/** How long another hub may take over a version before it is said that it has not yet, milliseconds. */
const patienceMs = 15_000
const keysSubject = (incarnation: string) => `keys.${incarnation}`
const subject = (incarnation: string) => `config.${incarnation}`

interface OthersParts {
  readonly seat: Seat
  readonly metrics: Metrics
  readonly machine: MachineProblems
  /** What is done when the hub stops. */
  readonly stops: (() => unknown)[]
}

/** Asks every other hub that is there what became of a version, and tells what became of it here. */
export function openConfigOthers({ seat, metrics, machine, stops }: OthersParts): ConfigOthers {
  const { bus, member } = seat
  const count = (refused: number) => metrics.gauge('configuration_refused', refused)
  return {
    async ask(version) {
      const others = seat.view.nodes.filter(
        ({ incarnation, fenced }) => incarnation !== member.incarnation && !fenced,
      )
      const asked = others.map(async ({ node, incarnation }): Promise<readonly ConfigWarning[]> => {
        const wrong = await bus.ask(subject(incarnation), version, patienceMs).catch((error: Error) => {
          return `it has not answered yet (${error.message})`
        })
        if (typeof wrong !== 'string') return []
        return [{ tenant: '', text: `The hub ${node} did not take this over: ${wrong}` }]
      })
      return (await Promise.all(asked)).flat()
    },
    async without(mark) {
      const others = seat.view.nodes.filter(({ incarnation }) => incarnation !== member.incarnation)
      const asked = others.map(async ({ node, incarnation }) => {
        const marks = await bus.ask(keysSubject(incarnation), null, patienceMs).catch(() => [])
        return (marks as readonly string[]).includes(mark) ? [] : [node]
      })
      return (await Promise.all(asked)).flat()
    },
    haveKeys(marks) {
      const end = bus.answer(keysSubject(member.incarnation), marks)
      stops.push(() => end.end())
    },
    stands(refusal) {
      count(refusal ? 1 : 0)
      machine.configurationStands(refusal && { ...refusal, node: member.node })
    },
    settleWith(stored) {
      count(0)
      stops.push(() => stored.stop())
      const end = bus.answer(subject(member.incarnation), async (version) => {
        return (await stored.settle(Number(version))) ?? null
      })
      stops.push(() => end.end())
    },
  }
}
