import type { Finding } from '../../src/core/connector.ts'
import { IN_A_CALL, presenceLabel } from '../../src/core/presence.ts'
import type {
  ConnectorView,
  ExplainView,
  ExternalSignal,
  HubPort,
  PersonView,
  ReleaseReport,
} from '../../src/core/view.ts'
import { pageViews } from '../support/page-views.ts'

export function makePerson(id: string, more: Partial<PersonView> = {}): PersonView {
  return {
    tenant: 'contoso',
    id,
    upn: `${id}@contoso.example`,
    displayName: id[0]!.toUpperCase() + id.slice(1),
    state: { ...IN_A_CALL, label: presenceLabel(IN_A_CALL), chosen: 'no', since: 1_000 },
    systems: [
      {
        connector: 'pbx',
        type: 'asterisk',
        title: 'Asterisk',
        kind: 'pbx',
        addresses: [`10${id.length}`],
        synced: true,
        targets: [{ address: '1001', slot: 'dnd', status: 'applied', at: 2_000, wanted: 'busy/inACall' }],
      },
    ],
    revision: 1,
    ...more,
  }
}

const connector: ConnectorView = {
  tenant: 'contoso',
  id: 'pbx',
  type: 'asterisk',
  title: 'Asterisk',
  docs: 'docs/connectors/asterisk.md',
  health: { state: 'up', since: 1_000 },
  followed: 2,
  problems: [{ kind: 'unmatched', who: '1099', reason: 'nobody has it', fix: 'Give it to a person.' }],
  unknownValues: [
    { field: 'state', value: 'Levitating', takenAs: 'unknown', count: 3, firstAt: 1_000, lastAt: 2_000 },
  ],
}

export interface ScriptedHub extends HubPort {
  put(person: PersonView): void
  remove(id: string): void
  /** What was asked of the hub, in order. */
  readonly asked: string[]
  readonly watching: () => number
  setReady(reasons: readonly string[]): void
  failNext(error: Error): void
}

/** A hub that answers from memory and can be told what happens. */
export function createScriptedHub(names: readonly string[] = ['anna', 'ben', 'chiara']): ScriptedHub {
  const people = new Map(names.map((name) => [name, makePerson(name)]))
  const listeners = new Set<(person: PersonView) => void>()
  const asked: string[] = []
  let reasons: readonly string[] = []
  let failure: Error | undefined

  const find = (key: string, tenant?: string) =>
    [...people.values()].find(
      (person) =>
        (tenant === undefined || person.tenant === tenant) &&
        [person.id, person.upn].some((name) => name.toLowerCase() === key.toLowerCase()),
    )

  return {
    asked,
    tenants: () => [...new Set([...people.values()].map(({ tenant }) => tenant))],
    watching: () => listeners.size,
    setReady: (next) => {
      reasons = next
    },
    failNext: (error) => {
      failure = error
    },
    put(person) {
      people.set(person.id, person)
      for (const listener of listeners) listener(person)
    },
    remove: (id) => people.delete(id),
    ready: () => ({
      ready: reasons.length === 0,
      waitingFor: reasons.length === 0 ? [] : ['pbx'],
      reasons,
    }),
    people: (tenant) =>
      [...people.values()].filter((person) => tenant === undefined || person.tenant === tenant),
    page: (query) => pageViews(people.values(), query),
    present: () => people.values(),
    person: find,
    async explain(key, tenant): Promise<ExplainView | undefined> {
      if (failure) {
        const error = failure
        failure = undefined
        throw error
      }
      const person = find(key, tenant)
      if (!person) return undefined
      return {
        person,
        at: 3_000,
        signals: [{ connector: 'pbx', address: '1001', what: 'in a call', since: 1_000, heard: 'live' }],
        decisions: [
          {
            target: 'teams',
            slot: 'session',
            wanted: 'busy/inACall',
            because: 'pbx says in a call',
            rule: 'row 1',
            lost: [{ signal: 'calendar', because: 'weaker' }],
            status: 'applied',
          },
        ],
        history: [
          {
            at: 2_000,
            connector: 'teams',
            address: 'x',
            slot: 'session',
            did: 'set busy/inACall',
            outcome: 'applied',
            because: 'a call began',
          },
        ],
      }
    },
    reachability: (key, tenant) => {
      const person = find(key, tenant)
      if (!person) return undefined
      const { tenant: owner, id, upn, displayName } = person
      const at = { connector: 'pbx', address: '1004', via: 'direct', kind: 'phone' } as const
      const silent = {
        inbound: 'no',
        outbound: 'yes',
        because: 'do not disturb is on',
        until: 9_000,
      } as const
      return {
        tenant: owner,
        id,
        upn,
        displayName,
        at: 3_000,
        channels: [{ ...at, ...silent, doNotDisturb: true }],
      }
    },
    ring: ({ connector: id, address, ...rest }) => {
      asked.push(`ring ${id} ${address} ${JSON.stringify(rest)}`)
      if (id !== 'pbx') return undefined
      return { verdict: address === '1004' ? 'ring' : 'busy', because: 'do not\r\ndisturb is on' }
    },
    connectors: () => [connector],
    async putSignal({ key, source, tenant }, signal: ExternalSignal) {
      asked.push(`put ${key} ${source} ${JSON.stringify(signal)}`)
      return find(key, tenant)
    },
    async deleteSignal({ key, source, tenant }) {
      asked.push(`delete ${key} ${source}`)
      return find(key, tenant) !== undefined && source !== 'silent'
    },
    async release(key): Promise<ReleaseReport> {
      asked.push(`release ${key}`)
      return {
        released: [
          {
            row: {
              id: 'r1',
              tenant: 'contoso',
              presentity: 'anna',
              connector: 'pbx',
              address: '1001',
              slot: 'dnd',
              open: false,
              updatedAt: 5_000,
              body: '{"internal":true}',
            },
            outcome: { kind: 'applied', at: 5_000 },
          },
        ],
        remaining: 0,
      }
    },
    resync: () => true,
    resyncPerson: () => true,
    async checkConnectors(): Promise<readonly { connector: string; findings: readonly Finding[] }[]> {
      return []
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
