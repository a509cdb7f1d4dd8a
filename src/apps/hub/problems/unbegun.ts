import type { Problem } from '../../../core/alert.ts'
import type { Seat } from '../seat.ts'

/** How long beginning may fail before it is told, milliseconds: three attempts. */
const patienceMs = 15_000

/** Tenants that this hub of several is to have and cannot begin. `now`: wall clock, milliseconds. */
export function findUnbegun(
  { member, unbegun }: Pick<Seat, 'member' | 'unbegun'>,
  now: number,
): readonly Problem[] {
  return unbegun
    .filter(({ since }) => now - since >= patienceMs)
    .map(({ tenant, since, reason }) => ({
      key: `tenantDown ${tenant}`,
      kind: 'tenantDown',
      title: `The tenant ${tenant} cannot be begun at the hub ${member.node}`,
      text: `${reason.replace(/\.$/, '')}. Until it can, nobody of it is followed anywhere: what was written in Teams runs out, and phones stay as they are. It is tried again every 5 s.`,
      fix: 'Mend what is named, or stop this hub: another one tries then. Until then, phones that are to ring again: "hookswitch release --all" with every hub stopped.',
      since,
      tenant,
    }))
}
