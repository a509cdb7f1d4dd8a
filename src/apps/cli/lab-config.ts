import { stringify } from 'yaml'
import { labAmiUser } from '../../lab/asterisk/server.ts'
import type { NewPerson } from '../../lab/people.ts'
import { sample, sampleTenant } from '../../lab/sample.ts'
import { type LabSystem, labSystems } from './lab-systems.ts'

/** Where the parts of a running lab are, as `hookswitch lab --json` prints it. */
export interface LabPlaces {
  readonly controlUrl: string
  readonly graphUrl: string
  readonly loginUrl: string
  /** host:port */
  readonly ami: string
  readonly sip: string
  /** Addresses of the systems asked for with `--with`, by name. */
  readonly systems: Readonly<Record<string, string>>
}

/** Accounts of the emulated systems. They protect nothing. */
export const labAccounts = {
  ami: { username: labAmiUser.username, secret: labAmiUser.secret, context: 'ext-local' },
  sip: { username: 'hookswitch', password: 'lab-password', domain: 'lab.example' },
} as const

interface Beside {
  readonly id: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly preset?: string | undefined
  addresses(person: NewPerson): readonly string[]
  /** Id of the system whose calls it reads by SIP: it has that one's extensions, and nothing is written to it. */
  readonly lampsOf?: string
}

const extensionsOf = ({ extensions = [] }: NewPerson) => extensions

/** What a system asked for is called in the configuration: `pbx` or `crm`, or its own name beside another of its kind. */
export function systemIds(names: readonly string[]): ReadonlyMap<string, string> {
  const kindOf = (name: string) => labSystems[name]?.kind
  return new Map(
    names.map((name) => {
      const kind = kindOf(name)
      const isAlone = names.every((other) => other === name || kindOf(other) !== kind)
      return [name, isAlone ? (kind ?? name) : name]
    }),
  )
}

/** The connectors beside Teams: those asked for, and the Asterisk where none of them is a phone system. */
function listBeside({ ami, sip, systems }: LabPlaces): Beside[] {
  const asked = Object.entries(systems).map(([name, address]) => {
    const system = labSystems[name] as LabSystem
    const { kind, preset, addresses = extensionsOf } = system
    return { name, kind, preset, addresses, settings: system.connector(address) }
  })
  const ids = systemIds(Object.keys(systems))
  const beside = asked.flatMap(({ name, kind: _, ...rest }): Beside[] => {
    const id = ids.get(name)!
    return labSystems[name]?.lamps ? [{ id, ...rest }, lampsOf(id, { sip, ...rest })] : [{ id, ...rest }]
  })
  if (asked.some(({ kind }) => kind === 'pbx')) return beside
  const [host, port] = ami.split(':')
  const settings = { type: 'asterisk', host, port: Number(port), ...labAccounts.ami }
  return [{ id: 'pbx', settings, addresses: extensionsOf }, ...beside]
}

function lampsOf(
  id: string,
  { sip, preset }: { readonly sip: string; readonly preset?: string | undefined },
): Beside {
  const watched = { probe: '1001', linesOf: id }
  const settings = { type: 'sip', server: sip, transport: 'tcp', ...labAccounts.sip, ...watched }
  return { id: id === 'pbx' ? 'lamps' : `${id}-lamps`, settings, preset, addresses: () => [], lampsOf: id }
}

/**
 * Both ways between every two systems; a system's preset holds for its links with Teams. Where lamps tell of a system's
 * calls, they alone speak to Teams for it: what never tells of a call would say that there is none.
 */
function linkAll(beside: readonly Beside[]) {
  const links: { from: string; to: string; preset?: string }[] = []
  const join = (one: string, other: string, preset?: string) => {
    const by = preset === undefined ? {} : { preset }
    links.push({ from: one, to: other, ...by }, { from: other, to: one, ...by })
  }
  const systems = beside.filter(({ lampsOf: of }) => of === undefined)
  for (const [index, { id, preset }] of systems.entries()) {
    const by = preset === undefined ? {} : { preset }
    if (beside.some(({ lampsOf: of }) => of === id)) links.push({ from: 'teams', to: id, ...by })
    else join(id, 'teams', preset)
    for (const other of systems.slice(index + 1)) join(id, other.id)
  }
  for (const { id, preset, lampsOf: of } of beside) {
    if (of === undefined) continue
    links.push({ from: id, to: 'teams', ...(preset !== undefined && { preset }) })
    for (const other of systems) if (other.id !== of) links.push({ from: id, to: other.id })
  }
  return links
}

/** A configuration for a hub beside the lab: Teams and the other systems of a dozen people, linked both ways. */
export function labConfig(places: LabPlaces, hub: { readonly port: number; readonly data: string }): string {
  const { entraTenantId, clientId, clientSecret } = sample
  const { graphUrl, loginUrl } = places
  const beside = listBeside(places)
  const teams = { entraTenantId, clientId, clientSecret, graphUrl, loginUrl }
  return stringify({
    http: { host: '127.0.0.1', port: hub.port },
    store: { kind: 'sqlite', path: hub.data },
    tenants: [
      {
        id: 'contoso',
        connectors: [
          { id: 'teams', type: 'teams', ...teams },
          ...beside.map(({ id, settings }) => ({ id, ...settings })),
        ],
        people: (sampleTenant().people ?? []).map((person) => ({
          upn: person.upn,
          name: person.displayName,
          addresses: Object.fromEntries(
            beside
              .filter(({ lampsOf: of }) => of === undefined)
              .map(({ id, addresses }) => [id, addresses(person)]),
          ),
        })),
        links: linkAll(beside),
      },
    ],
  })
}
