import type { TenantConfig } from '../../config/resolved.ts'
import {
  ConnectorFailure,
  type ConnectorInstance,
  type DirectoryEntry,
  type Finding,
} from '../../core/connector.ts'
import { sharedWords } from '../../core/identity.ts'
import type { MatchProblem, SharedPhone } from '../../core/view.ts'
import type { PersonSpec } from '../../engine/people.ts'
import type { System } from '../../engine/system.ts'
import { registry } from '../registry.ts'
import { type CheckParts, trialContext } from './check.ts'
import { drawUpRoster, joinedAt } from './people.ts'

/** So many are named; the rest is counted. */
const mostNamed = 20

/** Where programs connect by themselves, none can have done so to an instance that was made for this look. */
function unreadFinding(id: string, error: unknown, { accept }: ConnectorInstance): Finding {
  const reason = error instanceof Error ? error.message : String(error)
  if (accept && error instanceof ConnectorFailure && error.kind === 'not-ready') {
    return {
      level: 'info',
      text: `Who is at ${id} was not asked for: its programs connect to the running hub, which asks them.`,
    }
  }
  return { level: 'error', text: `Who is at ${id} cannot be read: ${reason}` }
}

/** Who is found where, by the directories of the tenant's connectors, and who is not and why. */
export async function checkPeople(tenant: TenantConfig, parts: CheckParts): Promise<readonly Finding[]> {
  const systems: System[] = []
  const directories = new Map<string, readonly DirectoryEntry[]>()
  const unread: Finding[] = []
  for (const { id, type, settings, site } of tenant.connectors) {
    if (site !== undefined) {
      unread.push({
        level: 'info',
        text: `Who is at ${id} was not asked for: it runs at the site "${site}".`,
      })
      continue
    }
    const definition = (parts.registry ?? registry)[type]
    if (!definition) continue
    const instance = definition.create(settings, trialContext(tenant.id, id, parts))
    const { manifest } = definition
    systems.push({ tenant: tenant.id, id, manifest, slots: [], instance, lines: id })
    try {
      const entries = await readDirectory(instance)
      if (entries) directories.set(id, entries)
    } catch (error) {
      unread.push(unreadFinding(id, error, instance))
    } finally {
      await instance.stop()
    }
  }
  const { people, problems, sharedPhones } = drawUpRoster(tenant, systems, directories)
  const isJoined = joinedAt(tenant)
  const joined = people.filter(({ addresses }) => isJoined(addresses))
  const summary = `${joined.length} of ${people.length} people are at more than one system and are kept in step.`
  return [
    { level: joined.length > 0 ? 'ok' : 'warning', text: summary },
    ...unread,
    ...describeProblems([...problems.values()].flat()),
    ...describeKept(people, sharedPhones),
    ...strangers(tenant, directories),
    ...systems.flatMap(({ id }) => (people.some((one) => isAt(one, id)) ? [] : [deserted(id)])),
  ]
}

function isAt({ addresses }: PersonSpec, connector: string): boolean {
  return addresses.some((one) => one.connector === connector)
}

function deserted(connector: string): Finding {
  return {
    level: 'warning',
    text: `Nobody has an address at ${connector}: it does nothing.`,
    fix: `Give people addresses: { ${connector}: ... }, or leave the connector out.`,
  }
}

async function readDirectory(instance: ConnectorInstance): Promise<readonly DirectoryEntry[] | undefined> {
  if (!instance.directory) return undefined
  await instance.start([])
  return await instance.directory()
}

function describeProblems(problems: readonly MatchProblem[]): readonly Finding[] {
  const named = problems.slice(0, mostNamed).map(({ kind, who, reason, fix }): Finding => {
    const level = kind === 'unmatched' || kind === 'duplicate' ? 'error' : 'warning'
    return { level, text: `${who}: ${reason}.`, fix: `${fix[0]?.toUpperCase()}${fix.slice(1)}.` }
  })
  const more = problems.length - named.length
  return more > 0 ? [...named, { level: 'warning', text: `and ${more} more, named on the board.` }] : named
}

/** Shared phones that are kept in step because somebody asked for it: worth knowing, and no fault. */
function describeKept(
  people: readonly PersonSpec[],
  sharedPhones: ReadonlyMap<string, readonly SharedPhone[]>,
): readonly Finding[] {
  const kept = people.flatMap(({ id, upn }) =>
    (sharedPhones.get(id) ?? []).flatMap(({ connector, address, kind, synced }) =>
      synced ? [`${upn}: ${address} in ${connector} is a ${sharedWords[kind]} phone`] : [],
    ),
  )
  return kept.slice(0, mostNamed).map((text) => ({
    level: 'info',
    text: `${text}; it is kept in step because its address is given by hand, or syncShared is set.`,
  }))
}

/** Addresses given by hand that a system which lists its own does not have. */
function strangers(tenant: TenantConfig, directories: ReadonlyMap<string, readonly DirectoryEntry[]>) {
  const findings: Finding[] = []
  for (const [id, entries] of directories) {
    const known = new Set(entries.map(({ address }) => address))
    if (known.size === 0) continue
    for (const { upn, addresses, sync } of tenant.people) {
      for (const address of sync ? (addresses[id] ?? []) : []) {
        if (known.has(address)) continue
        findings.push({
          level: 'error',
          text: `${upn}: ${id} has no phone at ${address}.`,
          fix: `Correct addresses: { ${id}: ... }, or give ${address} a phone there.`,
        })
      }
    }
  }
  return findings.slice(0, mostNamed)
}
