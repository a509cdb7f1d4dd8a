import { dirname, resolve as resolvePath } from 'node:path'
import { readDocument } from './document.ts'
import { examine, type LoadOptions, placeProblems, readConfigFile } from './load.ts'
import type { NetworkConfig } from './network-schema.ts'
import { ConfigError, type Path, type Problem, readPath } from './problem.ts'
import type { SchemaProblem } from './schema-error.ts'
import type { StoreConfig } from './store-schema.ts'

/** One connector as far as its own part of the file tells. */
export interface SalvagedConnector {
  readonly tenant: string
  readonly id: string
  readonly type: string
  readonly settings: Readonly<Record<string, unknown>>
  /** Name of the site where it runs; here where it is left out. */
  readonly site?: string
  /** Why its part cannot be used; empty where it can. */
  readonly problems: readonly Problem[]
}

/** What a withdrawal needs of a configuration that need not be right as a whole. */
export interface Salvage {
  readonly store: StoreConfig
  /** Left out where that part of the file is wrong: then as on site, because a phone has to be freed all the same. */
  readonly network?: NetworkConfig
  readonly connectors: readonly SalvagedConnector[]
  /** Everything that is wrong elsewhere in the file. */
  readonly problems: readonly Problem[]
  readonly secrets: readonly string[]
}

interface Part {
  readonly path: Path
  readonly tenant: string
  readonly value: Readonly<Record<string, unknown>>
}

/**
 * Reads where the data is and how to reach each connector, whatever is wrong with the rest of the file: nobody should
 * have to repair a table before a phone can be freed.
 * @throws ConfigError where the file cannot be read or does not tell where the data is.
 */
export function salvageConfig(text: string, options: LoadOptions): Salvage {
  const document = readDocument(text)
  const { root, faults, misfits, secrets } = examine(document, options)
  const broken = document.problems.length > 0
  // Behind a fault of syntax nothing is sure to be what was meant; a default least of all.
  const trusted = (path: Path) => !broken || document.isBeforeFault(path)
  const store = readPath(root, ['store']) as StoreConfig | undefined
  // Of a database everything must be right; of the embedded store, where it is.
  const place = store?.kind === 'postgresql' ? ['store'] : ['store', 'path']
  const inStore = [...faults, ...misfits].filter(({ path }) => isWithin(path, place) || isEither(path))
  const path = store?.path
  if (inStore.length > 0 || store === undefined || typeof path !== 'string' || !trusted(['store'])) {
    const unsure = broken ? [behindFault] : []
    throw new ConfigError(options.file, [
      ...document.problems,
      ...placeProblems([...inStore, ...unsure], document),
    ])
  }
  const parts = listParts(root)
  const owned = new Set<SchemaProblem>()
  const connectors = parts.map((part): SalvagedConnector => {
    const own = faults.filter((fault) => isWithin(fault.path, part.path))
    for (const fault of own) owned.add(fault)
    const { id, type, site, siteHoldMinutes: _, teamsSync: __, ...settings } = part.value
    const problems = placeProblems(own, document)
    return {
      ...{ tenant: part.tenant, id: String(id), type: String(type), settings },
      ...(site !== undefined && { site: String(site) }),
      problems: [
        ...problems,
        ...(trusted(part.path) ? [] : document.problems),
        ...placeProblems(findTwins(part, parts), document),
      ],
    }
  })
  const network = readPath(root, ['network']) as NetworkConfig | undefined
  const isSure = trusted(['network']) && !faults.some(({ path }) => isWithin(path, ['network']))
  const rest = [...faults.filter((fault) => !owned.has(fault)), ...misfits]
  return {
    store: { ...store, path: resolvePath(dirname(resolvePath(options.file)), path) },
    ...(network && isSure && { network }),
    connectors,
    problems: [...document.problems, ...placeProblems(rest, document)],
    secrets,
  }
}

/** As `salvageConfig`, from a file. */
export function salvageConfigFile(options: LoadOptions): Salvage {
  return salvageConfig(readConfigFile(options.file), options)
}

const behindFault: SchemaProblem = {
  path: ['store', 'path'],
  message: 'is not sure in a file with a fault of syntax above it',
  fix: 'Repair the fault, or write store: { path: ... } as the first line.',
}

/** The store as a whole, or its kind: another kind of store is at no path. */
function isEither(path: Path): boolean {
  const place = path.join('.')
  return place === '' || place === 'store' || place === 'store.kind'
}

function isWithin(path: Path, place: Path): boolean {
  return place.every((part, index) => path[index] === part)
}

function listParts(root: unknown): readonly Part[] {
  return listAt(root, ['tenants']).flatMap((tenant) => {
    const id = readPath(root, [...tenant, 'id'])
    return listAt(root, [...tenant, 'connectors']).flatMap((path): Part[] => {
      const value = readPath(root, path)
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
      return [{ path, tenant: String(id), value: value as Part['value'] }]
    })
  })
}

/** The paths of the items of a list; none where there is no list. */
function listAt(root: unknown, path: Path): readonly Path[] {
  const items = readPath(root, path)
  return Array.isArray(items) ? items.map((_, index) => [...path, index]) : []
}

/** Of two systems of one name, none is sure to be the one that was written. */
function findTwins(part: Part, parts: readonly Part[]): readonly SchemaProblem[] {
  const twin = parts.some(
    (one) => one !== part && one.tenant === part.tenant && one.value.id === part.value.id,
  )
  const fix = 'Give each connector of a tenant an id of its own.'
  return twin ? [{ path: [...part.path, 'id'], message: 'names two connectors', fix }] : []
}
