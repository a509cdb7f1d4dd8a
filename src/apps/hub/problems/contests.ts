import type { Problem } from '../../../core/alert.ts'
import type { WriteSlot } from '../../../core/connector.ts'
import type { Contest } from '../../../core/contest.ts'
import { isContested, sharedSessionPeople } from '../../../core/contest.ts'
import { presenceName } from '../../../core/presence.ts'
import type { Actor } from '../../../engine/actor.ts'
import type { Engine } from '../../../engine/engine.ts'
import { type System, slotOf, systemKey } from '../../../engine/system.ts'
import { clockText, listText } from './words.ts'

/** Slots that somebody else keeps changing. */
export function findContests(engine: Engine, actor: Actor): readonly Problem[] {
  const found: Problem[] = []
  for (const [key, contest] of actor.presentity.contests ?? []) {
    if (!isContested(contest, engine.now())) continue
    const [connector = '', address = '', slot = ''] = key.split('\n')
    const system = engine.system(actor.presentity.tenant, connector)
    if (system) found.push(describeContest({ actor, system, address, slot, contest }))
  }
  return found
}

interface Contested {
  readonly actor: Actor
  readonly system: System
  readonly address: string
  readonly slot: string
  readonly contest: Contest
}

function describeContest({ actor, system, address, slot, contest }: Contested): Problem {
  const { tenant, id, displayName, upn } = actor.presentity
  const place = `${system.id} ${address}`
  const times = contest.contradictions.map(
    ({ wrote, wroteAt, shown, shownAt }) =>
      `at ${clockText(wroteAt)} we wrote ${presenceName(wrote)}, at ${clockText(shownAt)} it showed ${presenceName(shown)}`,
  )
  const by = likelyWriter(system, slotOf(system, slot))
  return {
    key: `contested ${tenant} ${id} ${system.id} ${address} ${slot}`,
    kind: 'contested',
    title: `Somebody else keeps changing ${slot} of ${displayName} <${upn}> at ${place}`,
    text: `Three of our writes were undone: ${times.join('; ')}. Nothing is written there until ${clockText(contest.until!)}. Likely ${by}.`,
    fix: `Let one of the two write: switch the other one off, or remove the link to ${system.id}.`,
    since: contest.contradictions[0]!.wroteAt,
    tenant,
    person: id,
  }
}

function likelyWriter({ manifest }: System, slot: WriteSlot | undefined): string {
  if (slot?.contribution === 'ownSession') return 'another hub or tool that uses the same application id'
  if (manifest.kind === 'pbx')
    return `the phone system's own connector to the collaboration system, or another tool that sets do not disturb on ${manifest.title}`
  return `a phone system's own connector for ${manifest.title}, or another presence tool`
}

/** Sessions of several people that go or stay against our will. */
export function findSharedSessions(engine: Engine): readonly Problem[] {
  return [...engine.systems.values()].flatMap((system) => {
    const followed = engine.people.followed(system.tenant, system.id)
    const found = engine.sessions.find(systemKey(system.tenant, system.id), { now: engine.now(), followed })
    if (!found) return []
    const { people, since } = found
    return [
      {
        key: `sharedSession ${system.tenant} ${system.id}`,
        kind: 'sharedSession' as const,
        title: `Another hub seems to use the same application as ${system.tenant}/${system.id}`,
        text: `Within ten minutes what we wrote for ${people.length === 1 ? 'one person' : `${people.length} people`} (${listText(people)}) vanished${people.length < sharedSessionPeople ? ' again and again' : ''}, or stayed after we had cleared it. Everyone who signs in with the same application writes the same session, so that two of them undo each other. The likely other writer is a second hub (a test system, an old server) with the same application id.`,
        fix: 'Give each hub an app registration of its own, or switch the other one off. If there is none, the system itself dropped sessions: its status page may tell.',
        since,
        tenant: system.tenant,
      },
    ]
  })
}
