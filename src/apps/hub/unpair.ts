import type { ConsentPortParts } from './consent.ts'
import type { RunningTenant } from './port.ts'

/** A write under way, and the one that takes it back, are over by then, milliseconds. */
const patienceMs = 20_000
const lookMs = 250

interface Wish {
  readonly tenant: string
  readonly person: string
  readonly who: string
}

/** Writes nothing more with a person's sign-in, takes back what was written with it, and forgets it then. */
export async function unpair(
  of: RunningTenant,
  { tenant, person, who }: Wish,
  { consent, desks, late, parts }: ConsentPortParts,
): Promise<void> {
  const { clock, engine, log } = parts
  await late.note({ tenant, who, what: 'person.unpair', about: person, detail: '' })
  if (!(await desks.pairing.leave(tenant, person))) return
  const connector = consent.doors.connectorOf(of)?.id
  const until = clock.monotonic() + patienceMs
  const isWritten = () => {
    const points = engine.people.get(tenant, person)?.presentity.points ?? []
    const contributions = points
      .filter((one) => one.connector === connector)
      .flatMap((one) => one.contributions ?? [])
    return contributions.some((one) => one.endAckAt === undefined)
  }
  const look = (): void => {
    if (isWritten() && clock.monotonic() < until) return void clock.after(lookMs, look)
    desks.pairing
      .forget(tenant, person)
      .catch((error: unknown) => log.error('A sign-in could not be forgotten.', { tenant, person, error }))
  }
  // The turn that takes it back comes first.
  clock.after(lookMs, look)
}
