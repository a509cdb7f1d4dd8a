import type { Clock } from '../../core/ports.ts'
import type { PresenceChange } from './agents.ts'
import type { Bus } from './bus.ts'
import { bitmapOf } from './schemas.ts'

let transactions = 0

/** Puts a change of a presence on the bus: an update carries only what has changed. */
export function publishChange({ type, row }: PresenceChange, bus: Bus, clock: Clock): void {
  const now = Math.round(clock.wall())
  transactions += 1
  const created = type === 'began'
  const nothing = { Name: null, OwnerId: null, UserId: null, ServicePresenceStatusId: null, IsAway: null }
  const dates = { IsCurrentState: null, StatusStartDate: null, StatusEndDate: null, AverageCapacity: null }
  const ended = { IsCurrentState: false, StatusEndDate: now }
  const began = {
    ...{ OwnerId: row.userId, UserId: row.userId, ServicePresenceStatusId: row.status.id },
    ...{ IsCurrentState: true, IsAway: row.status.isAway, StatusStartDate: Math.round(row.startedAt) },
  }
  const changed = created ? began : type === 'ended' ? ended : { AverageCapacity: 0.5 }
  bus.publish('/data/UserServicePresenceChangeEvent', {
    ChangeEventHeader: {
      ...{ entityName: 'UserServicePresence', recordIds: [row.id], changeOrigin: '' },
      ...{ changeType: created ? 'CREATE' : 'UPDATE', transactionKey: `lab-${transactions}` },
      ...{ sequenceNumber: 1, commitTimestamp: now, commitNumber: 9_000_000_000_000 + transactions },
      ...{ commitUser: row.userId, nulledFields: [], diffFields: [] },
      // Of a record that is made, no field has changed.
      changedFields: created ? [] : bitmapOf(Object.keys(changed)),
    },
    ...{ ...nothing, ...dates },
    ...changed,
  })
}
