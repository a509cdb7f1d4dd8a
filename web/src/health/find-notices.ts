import type { ConnectorView } from '../../../src/core/view.ts'
import type { HealthDetails, QueueView, SystemDetails } from '../../../src/core/workings.ts'
import { clockText, exactText, lengthText } from '../words/time.ts'
import { healthWords } from './health-words.ts'

/** What waits longer than this is worth a look, milliseconds. */
const longMs = 30_000

/** Something that no alert tells of and that an operator should see first. */
export interface Notice {
  readonly key: string
  readonly text: string
  /** A sentence of the hub or of a system, in English. */
  readonly reason?: string
}

/** What of the connectors the notices need. */
export type Known = Pick<ConnectorView, 'tenant' | 'id' | 'unknownValues'> & { readonly title: string }

interface Place {
  readonly key: string
  readonly title: string
  readonly now: number
}

/** Throttling, tokens that run out, systems that do not tell, queues that stand, words nobody knows. */
export function findNotices(
  { queues, systems }: HealthDetails,
  connectors: readonly Known[],
  now: number,
): readonly Notice[] {
  const said = healthWords()
  const titleOf = ({ tenant, connector, title }: SystemDetails) =>
    connectors.find((one) => one.tenant === tenant && one.id === connector)?.title ?? title
  return [
    ...queues.flatMap((queue) => noteQueue(queue, { key: 'hub', title: said.hub, now })),
    ...systems.flatMap((system) => {
      const place = { key: `${system.tenant}/${system.connector}`, title: titleOf(system), now }
      return [
        ...noteThrottle(system, place),
        ...noteToken(system, place),
        ...noteSubscriptions(system, place),
        ...system.queues.flatMap((queue) => noteQueue(queue, place)),
      ]
    }),
    ...connectors.flatMap(({ tenant, id, title, unknownValues }) =>
      unknownValues.length === 0
        ? []
        : [{ key: `${tenant}/${id} words`, text: said.strange(title, unknownValues.length) }],
    ),
  ]
}

function noteThrottle({ budget }: SystemDetails, { key, title, now }: Place): readonly Notice[] {
  if (!budget?.throttled) return []
  const said = healthWords()
  const { since, retryAfterMs } = budget.throttled
  const refusals = said.refusals(budget.refusals)
  const text = [
    said.throttled(title, clockText(since, now), refusals),
    said.toldToWait(lengthText(retryAfterMs)),
    ...(budget.blockedUntil === undefined ? [] : [said.blocked(exactText(budget.blockedUntil, now))]),
  ]
  return [{ key: `${key} throttled`, text: text.join(' ') }]
}

function noteToken({ credentials }: SystemDetails, { key, title, now }: Place): readonly Notice[] {
  const said = healthWords()
  return credentials.flatMap(({ what, expiresAt, trouble }) => {
    const isOver = expiresAt !== undefined && expiresAt <= now
    if (what !== 'token' || trouble === undefined) return []
    const time = expiresAt === undefined ? undefined : clockText(expiresAt, now)
    const end = time === undefined ? '' : ` ${isOver ? said.tokenEnded(time) : said.tokenEnds(time)}`
    return [{ key: `${key} token`, text: said.tokenTrouble(title) + end, reason: trouble }]
  })
}

function noteSubscriptions({ subscriptions }: SystemDetails, { key, title }: Place): readonly Notice[] {
  return subscriptions.flatMap(({ kind, trouble }) =>
    trouble === undefined
      ? []
      : [{ key: `${key} ${kind}`, text: healthWords().untold(title, kind), reason: trouble }],
  )
}

function noteQueue({ queue, depth, oldestAt }: QueueView, { key, title, now }: Place): readonly Notice[] {
  if (oldestAt === undefined || now - oldestAt < longMs) return []
  const said = healthWords()
  const what = `${said.queues[queue] ?? queue}: ${depth}`
  return [{ key: `${key} ${queue}`, text: said.waitsLong(title, what, exactText(oldestAt, now)) }]
}
