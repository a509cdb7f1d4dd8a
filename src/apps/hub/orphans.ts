import { isOpen } from '../../core/ledger.ts'
import type { LogFields } from '../../core/ports.ts'
import type { Engine } from '../../engine/engine.ts'
import { slotOf } from '../../engine/system.ts'

interface Orphans {
  readonly text: string
  readonly fields: LogFields
}

/**
 * What the hub once wrote at a system that the configuration does not name any more. Nobody can take it back until
 * that system is named again; an operator has to know.
 */
export function whatNobodyTakesBack(engine: Engine): readonly Orphans[] {
  const found = new Map<string, { tenant: string; connector: string; addresses: string[] }>()
  for (const { presentity } of engine.people.all()) {
    const { tenant } = presentity
    for (const { connector, address, contributions } of presentity.points) {
      const system = engine.system(tenant, connector)
      const lost = contributions?.some((one) => isOpen(one) && !(system && slotOf(system, one.slot)))
      if (!lost) continue
      const key = `${tenant}\n${connector}`
      const entry = found.get(key) ?? { tenant, connector, addresses: [] }
      found.set(key, entry)
      entry.addresses.push(address)
    }
  }
  return [...found.values()].map(({ tenant, connector, addresses }) => ({
    text: 'what the hub wrote at a connector that is not configured any more cannot be taken back',
    fields: {
      ...{ tenant, connector, count: addresses.length, addresses: addresses.slice(0, 20) },
      fix: `Put the connector ${connector} back into the configuration without links, or look at these addresses by hand.`,
    },
  }))
}
