import type { Health } from '../../../core/connector.ts'
import type { Follow } from './follow.ts'

const shown = 3

/** How the followed addresses stand, in one sentence with the first few that need attention. */
export function summarize(
  follows: readonly Follow[],
  notes: {
    readonly registration: string | undefined
    /** What to do about it, by event package. */
    readonly unsupported: ReadonlyMap<string, string>
    /** Another package stands in for each of those. */
    readonly replaced: boolean
  },
): Omit<Health, 'since'> {
  const troubled = follows.filter(({ state }) => state.kind !== 'live')
  const parts: string[] = []
  if (troubled.length > 0) {
    const examples = troubled.slice(0, shown).map((each) => `${each.feed} ${describe(each)}`)
    if (troubled.length > shown) examples.push('...')
    parts.push(`${troubled.length} of ${follows.length} subscriptions are not live: ${examples.join(', ')}`)
  }
  if (notes.registration) parts.push(`the registration could not be refreshed: ${notes.registration}`)
  const degraded = parts.length > 0 || !notes.replaced
  for (const event of notes.unsupported.keys())
    parts.push(`the server does not know the event package ${event}`)
  const refused = troubled.map(({ state }) => state).find((state) => state.kind === 'refused')
  const fix = refused?.fix ?? (notes.replaced ? undefined : [...notes.unsupported.values()].at(-1))
  return {
    state: degraded ? 'degraded' : 'up',
    ...(parts.length > 0 ? { detail: `${parts.join('; ')}.` } : {}),
    ...(fix === undefined ? {} : { fix }),
  }
}

function describe({ state }: Follow): string {
  if (state.kind === 'refused') return `refused (${state.why})`
  if (state.kind === 'waiting') return `(${state.why.replace(/\.$/, '')})`
  return state.kind === 'pending' ? 'waits for consent at the PBX' : 'is being subscribed'
}
