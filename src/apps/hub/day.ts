import type { DaySpan, DayView, DayWrite } from '../../core/day-view.ts'
import { presenceName } from '../../core/presence.ts'
import { actorAt } from '../../engine/history-points.ts'
import { readContribution } from '../../engine/serialize.ts'
import { viewPerson } from '../../engine/views.ts'
import type { FoundPerson, PastParts } from './past.ts'
import { openRows, viewContext } from './port.ts'

/** A day of somebody who is called all the time; more would keep the hub busy for long. */
const mostRows = 2000
const mostWrites = 500
/** How many closed ledger rows are looked through. */
const ledgerRows = 10_000

interface Stretch {
  readonly from: number
  readonly to: number
}

/** What each system of a person showed from one moment to another, and what was written; hub time, milliseconds. */
export async function drawDay(
  { tenant, id }: FoundPerson,
  asked: Stretch,
  { parts, policyAt }: PastParts,
): Promise<DayView> {
  const { engine, store } = parts
  const stretch = { from: asked.from, to: Math.min(asked.to, Math.round(engine.now())) }
  const before = await store.historyAt(tenant, id, stretch.from)
  const query = { tenant, presentity: id, from: stretch.from, to: stretch.to, limit: mostRows }
  const rows = await store.historyOf(query)
  const all = before ? [before, ...rows] : rows
  const context = viewContext(engine, tenant)
  const board: DaySpan[] = []
  const systems = new Map<string, DaySpan[]>()
  for (const [index, row] of all.entries()) {
    const from = Math.max(row.at, stretch.from)
    const to = all[index + 1]?.at ?? (rows.length < mostRows ? stretch.to : from)
    const policy = policyAt(tenant, row.policyVersion) ?? context.policy
    const view = viewPerson(actorAt(row, context.system), { ...context, policy, now: from })
    extend(board, { from, to, activity: view.state.activity, heard: true })
    for (const { connector, native, synced } of view.systems) {
      const spans = systems.get(connector) ?? []
      systems.set(connector, spans)
      extend(spans, { from, to, activity: native?.activity ?? 'unknown', heard: synced })
    }
  }
  return {
    ...{ tenant, id, ...stretch, board },
    systems: [...systems].map(([connector, spans]) => ({ connector, spans })),
    writes: await listWrites({ tenant, id }, stretch, parts),
    cut: rows.length === mostRows,
  }
}

/** What stays the same is one span. */
function extend(spans: DaySpan[], next: DaySpan): void {
  const last = spans.at(-1)
  if (next.to <= next.from) return
  if (last && last.activity === next.activity && last.heard === next.heard && last.to === next.from) {
    spans[spans.length - 1] = { ...last, to: next.to }
  } else spans.push(next)
}

async function listWrites(
  { tenant, id }: FoundPerson,
  { from, to }: Stretch,
  { engine, store }: PastParts['parts'],
): Promise<readonly DayWrite[]> {
  const actor = engine.people.get(tenant, id)
  const open = actor ? openRows(actor, engine.now()) : []
  const closed = await store.ledgerOf(tenant, id, ledgerRows)
  const writes = [...open, ...closed].flatMap(({ connector, address, slot, body }): DayWrite[] => {
    const { act, state, intentAt: at, endAckAt: until } = readContribution(body)
    if (act !== 'assert' || at > to || (until ?? to) < from) return []
    const place = { connector, address, slot, state: presenceName(state) }
    return [{ at, ...(until !== undefined && { until }), ...place }]
  })
  return writes.sort((a, b) => a.at - b.at).slice(-mostWrites)
}
