import type { HistoryRow, MemoryRow } from '../../core/history.ts'
import type { EraseReport, PersonData } from '../../core/history-port.ts'
import type { HubStore } from '../../core/hub-store.ts'
import { writePresentity } from '../../engine/serialize.ts'
import { viewPerson } from '../../engine/views.ts'
import type { FoundPerson } from './past.ts'
import { openRows, type RunningTenant, viewContext } from './port.ts'
import type { Parts } from './systems.ts'

const mostRows = 10_000

/** What is stored about one person: to be handed out, and to be erased. */
export class PersonDataDesk {
  readonly #tenants: ReadonlyMap<string, RunningTenant>
  readonly #parts: Parts & { readonly store: HubStore }

  constructor(tenants: ReadonlyMap<string, RunningTenant>, parts: Parts & { readonly store: HubStore }) {
    this.#tenants = tenants
    this.#parts = parts
  }

  async read({ tenant, id }: FoundPerson): Promise<PersonData | undefined> {
    const { engine, store } = this.#parts
    const actor = engine.people.get(tenant, id)
    const open = actor ? openRows(actor, engine.now()) : []
    const closed = await store.ledgerOf(tenant, id, mostRows)
    const history = await this.#history(tenant, id)
    if (!actor && closed.length === 0 && history.length === 0) return undefined
    return {
      tenant,
      id,
      exportedAt: Math.round(engine.now()),
      ...(actor && {
        person: viewPerson(actor, viewContext(engine, tenant)),
        state: JSON.parse(writePresentity(actor.presentity).body) as unknown,
      }),
      history: history.map(({ at, policyVersion, body }) => ({
        at,
        policyVersion,
        body: JSON.parse(body) as unknown,
      })),
      ledger: [...open, ...closed].map(({ connector, address, slot, open: isOpen, body }) => {
        return { connector, address, slot, open: isOpen, entry: JSON.parse(body) as unknown }
      }),
      memory: await this.#memory({ tenant, id }),
      audit: await store.audit({ tenant, about: id, limit: mostRows }),
    }
  }

  async erase({ tenant, id }: FoundPerson): Promise<EraseReport | undefined> {
    const { engine, store } = this.#parts
    const historyRows = (await this.#history(tenant, id)).length
    const closedLedgerRows = (await store.ledgerOf(tenant, id, mostRows)).length
    const actor = engine.people.get(tenant, id)
    if (!actor && historyRows === 0 && closedLedgerRows === 0) return undefined
    await store.commit(
      [
        { delete: 'history', tenant, presentity: id },
        { delete: 'closedLedger', tenant, presentity: id },
      ],
      'full',
    )
    const keeps = this.#tenants.get(tenant)?.config.history
    const goesOn = keeps && keeps.days > 0 && !keeps.worksCouncil
    const stays = actor
      ? `What their systems say now, and writes that may still be there, stay until the person is taken out of the configuration${goesOn ? '; history goes on from now, because the tenant keeps one' : ''}. The audit log stays.`
      : 'The audit log stays.'
    return { tenant, id, historyRows, closedLedgerRows, stays }
  }

  async #history(tenant: string, presentity: string): Promise<readonly HistoryRow[]> {
    const rows: HistoryRow[] = []
    const query = { tenant, presentity, to: Number.MAX_SAFE_INTEGER, limit: mostRows }
    for (let from = -1; ; ) {
      const page = await this.#parts.store.historyOf({ ...query, from })
      rows.push(...page)
      const last = page.at(-1)
      if (!last || page.length < mostRows) return rows
      from = last.at
    }
  }

  /** Entries of the connectors' memory by the person's id, and in a connector's own memory by their address there. */
  async #memory({ tenant, id }: FoundPerson): Promise<PersonData['memory']> {
    const { engine, store } = this.#parts
    const found = new Map<string, PersonData['memory'][number]>()
    const take = (rows: readonly MemoryRow[], needle: string) => {
      for (const row of rows) {
        const value = partAbout(row, needle)
        if (value !== undefined)
          found.set(`${row.scope}\n${row.key}\n${needle}`, { scope: row.scope, key: row.key, value })
      }
    }
    take(await store.memoryWith(tenant, id), id)
    for (const { connector, address } of engine.people.get(tenant, id)?.presentity.points ?? []) {
      if (address.toLowerCase() === id) continue
      const rows = await store.memoryWith(tenant, address)
      take(
        rows.filter(({ scope }) => scope === connector || scope.startsWith(`${connector}/`)),
        address,
      )
    }
    return [...found.values()]
  }
}

/** The whole of an entry that is kept under the text; of a list or a table what names it; nothing of one that only resembles it. */
function partAbout({ key, body }: Pick<MemoryRow, 'key' | 'body'>, text: string): unknown {
  const needle = text.toLowerCase()
  const value = JSON.parse(body) as unknown
  if (key.toLowerCase().split(/[\s/]/).includes(needle)) return value
  if (Array.isArray(value)) {
    const about = value.filter((one) => names(one, needle))
    return about.length > 0 ? about : undefined
  }
  if (typeof value === 'object' && value !== null) {
    const about = Object.entries(value).filter(
      ([name, one]) => name.toLowerCase() === needle || names(one, needle),
    )
    return about.length > 0 ? Object.fromEntries(about) : undefined
  }
  return names(value, needle) ? value : undefined
}

function names(value: unknown, needle: string): boolean {
  if (typeof value === 'string') return value.toLowerCase() === needle
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, one]) => name.toLowerCase() === needle || names(one, needle))
}
