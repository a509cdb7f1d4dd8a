import type { AlertPort } from '../../src/core/alert.ts'
import type { AuditRow } from '../../src/core/history.ts'
import type { HistoryPort } from '../../src/core/history-port.ts'
import { hops, type LinkLatency } from '../../src/core/latency.ts'
import type { PersonView } from '../../src/core/view.ts'
import { scriptPast } from './board-past.ts'

const minute = 60_000

/** One alert of each look, and one channel that does not get through. */
export function sampleAlerts(now: number): AlertPort {
  return {
    current: () => [
      {
        key: 'contoso/pbx',
        kind: 'connectorDown',
        title: 'Office phones cannot be reached',
        text: 'The manager connection was closed by the PBX two minutes ago.',
        fix: 'Look whether Asterisk is running.',
        since: now - 2 * minute,
        raisedAt: now - minute,
        told: true,
        tenant: 'contoso',
      },
    ],
    channels: () => [
      { name: 'mail', waiting: 2, trouble: 'The server refused the sender.', sentAt: now - 90 * minute },
    ],
  }
}

/** Two links with figures, the second slower than promised. */
export function sampleLatency(): LinkLatency[] {
  const link = (name: string, factor: number): LinkLatency => ({
    tenant: 'contoso',
    link: name,
    promiseMs: 2000,
    kept: factor === 1,
    hops: hops.map((hop, index) => ({
      hop,
      hour: {
        count: 14,
        p50: 24 * factor * (index + 1),
        p95: 61 * factor * (index + 1),
        max: 130 * factor * (index + 1),
      },
      day: {
        count: 412,
        p50: 22 * factor * (index + 1),
        p95: 58 * factor * (index + 1),
        max: 244 * factor * (index + 1),
      },
    })),
  })
  return [link('pbx to teams', 1), link('teams to pbx', 6)]
}

/** An audit log of `count` entries, the newest first, over the scripted past. */
export function sampleAudit(people: readonly PersonView[], now: number, count = 60): HistoryPort {
  const acts = ['person.pause', 'history.read', 'release', 'person.resume', 'policy.rollback'] as const
  const rows = Array.from({ length: count }, (_, index): AuditRow => {
    const what = acts[index % acts.length]!
    return {
      id: String(count - index).padStart(6, '0'),
      tenant: 'contoso',
      at: now - index * 17 * minute,
      who: index % 3 === 0 ? 'olga@contoso.example' : 'command line',
      what,
      about: what === 'release' || what === 'policy.rollback' ? '*' : people[index % people.length]!.id,
      detail: what === 'policy.rollback' ? 'version 3: the new table silenced the front desk' : '',
    }
  })
  return {
    ...scriptPast(people, now - 86_400_000),
    audit: async ({ limit, who, what, about, before }) =>
      rows
        .filter((row) => (who ?? row.who) === row.who && (what ?? row.what) === row.what)
        .filter((row) => (about ?? row.about) === row.about && (!before || row.id < before.id))
        .slice(0, limit),
  }
}
