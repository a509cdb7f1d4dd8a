import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import type { TeamsConfig } from '../../src/connectors/teams/config.ts'
import { teams } from '../../src/connectors/teams/definition.ts'
import type { ConnectorContext } from '../../src/core/connector.ts'
import { parsePresence, samePresence } from '../../src/core/presence.ts'
import type { Pair } from '../../src/lab/microsoft/states.ts'
import { recordingContext } from '../contract/context.ts'
import type { FromChild, ToChild } from './teams-lab-child.ts'
import { until } from './teams-world.ts'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const people = 25_000
const changes = 200
const everyMs = 60
const states: readonly Pair[] = ['DoNotDisturb/DoNotDisturb', 'Away/Away', 'Busy/Busy']

/** The context without its memory of events, which would be the larger part of what is measured. */
function quietContext(emit: ConnectorContext['emit']): ConnectorContext {
  const { context } = recordingContext()
  return { ...context, emit }
}

function tell(child: ChildProcess, message: ToChild): void {
  child.send(message)
}

it('SW-12, G-08: 25,000 people, 1,200 requests per 30 s, 150 to 400 ms latency: every change within 4.5 s', async () => {
  const child = fork(fileURLToPath(new URL('./teams-lab-child.ts', import.meta.url)), [String(people)])
  closers.push(() => void child.kill())
  const waiting = new Map<string, { readonly to: Pair; readonly at: number }>()
  const delays: number[] = []
  let refused: number | undefined
  let ready: Extract<FromChild, { ready: unknown }>['ready'] | undefined
  child.on('message', (message: FromChild) => {
    if ('ready' in message) ready = message.ready
    else if ('refused' in message) refused = message.refused
    else waiting.set(message.changed.id, message.changed)
  })
  await until(() => ready, 'the lab to start', 60_000)
  const context = quietContext((event) => {
    if (event.type !== 'observed' || event.observation.facet.kind !== 'presence') return
    const change = waiting.get(event.observation.address)
    if (!change || !samePresence(event.observation.facet.state, parsePresence(change.to)!)) return
    waiting.delete(event.observation.address)
    delays.push(Date.now() - change.at)
  })
  const instance = teams.create(ready!.config as unknown as TeamsConfig, context)
  closers.push(() => instance.stop())
  await instance.start(ready!.ids)
  for (let change = 1; change <= changes; change += 1) {
    // A prime step: the changes fall on people all over the list, nobody twice.
    tell(child, { change: { at: change * 7_919, to: states[change % states.length]! } })
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  await until(() => delays.length === changes, 'every change to be seen', 10_000)
  tell(child, { finish: true })
  await until(() => refused !== undefined, 'the count of refusals')
  delays.sort((a, b) => a - b)
  expect(refused).toBe(0)
  expect(delays[Math.floor(changes / 2)]).toBeLessThanOrEqual(2_500)
  expect(delays.at(-1)).toBeLessThanOrEqual(4_500)
})
