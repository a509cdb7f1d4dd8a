import { NothingToEdit } from '../../../config/edit-document.ts'
import { PeopleText } from '../../../config/edit-people.ts'
import type { ConfigPort, ConfigRefused, ConfigWish } from '../../../core/config-port.ts'
import type {
  CoverageQuery,
  ManualLink,
  RosterPort,
  RosterView,
  TableReport,
} from '../../../core/roster-port.ts'
import { type RunningTenant, shows } from '../port.ts'
import { apiId, type Parts } from '../systems.ts'
import { cutCoverage, type LeftOut, leftOutOfList } from './coverage.ts'
import { type Directories, sortDirectory } from './directory-people.ts'
import { draftTable, type TableDraft } from './people-table.ts'
import { findPlaces } from './places.ts'
import { createStanding } from './standing.ts'
import { writeTable } from './write-table.ts'

export interface RosterParts extends Pick<Parts, 'engine'> {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  /** As last read. */
  readonly directories: { directoriesOf(tenant: string): Promise<Directories> }
  /** Who opened their own page or tab, and when last. */
  readonly visits: { of(tenant: string): Promise<ReadonlyMap<string, number>> }
  /** Left out where nobody keeps a configuration. */
  readonly configuration?: ConfigPort | undefined
}

const unkept: ConfigRefused = {
  refused: 'readOnly',
  detail: 'This hub was started with a configuration that cannot be changed while it runs.',
}

/** Who is kept in step, and how that is changed by hand. */
export class RosterDesk implements RosterPort {
  readonly #parts: RosterParts
  /** Of people from a directory; a look at a hundred thousand entries takes a while, and pages are turned. */
  readonly #leftOut = new WeakMap<object, readonly LeftOut[]>()

  constructor(parts: RosterParts) {
    this.#parts = parts
  }

  tenants(): readonly string[] {
    return [...this.#parts.tenants.keys()]
  }

  view(tenant: string): RosterView | undefined {
    const running = this.#parts.tenants.get(tenant)
    if (!running) return undefined
    const { config, systems } = running
    const kept = this.#parts.configuration?.read()
    const reason = kept?.source === 'stored' ? undefined : this.#refusal(kept)
    return {
      tenant,
      from: config.directory ? 'directory' : 'list',
      groups: [...new Set(config.people.flatMap(({ groups = [] }) => groups))].sort(),
      ...(reason !== undefined && { readOnly: reason }),
      connectors: [...systems.values()].flatMap(({ system: { id, manifest, instance } }) => {
        if (id === apiId) return []
        const { title, kind } = manifest
        return [{ id, title, kind, hasDirectory: instance.directory !== undefined }]
      }),
    }
  }

  #refusal(kept: ReturnType<ConfigPort['read']> | undefined): string {
    if (kept?.source !== 'file') return unkept.detail
    // Whoever looks after a tenant need not know where the file is.
    return 'The configuration comes from a file: people are changed there.'
  }

  async coverage(query: CoverageQuery) {
    const running = this.#parts.tenants.get(query.tenant)
    if (!running) return undefined
    const leftOut = await this.#leftOutOf(running)
    const came = await this.#parts.visits.of(query.tenant)
    return cutCoverage(query, { ...this.#everyone(running), leftOut, came })
  }

  #everyone(running: RunningTenant) {
    const { engine } = this.#parts
    const { config, problems } = running
    const people = engine.people.inOrder(config.id).filter((actor) => shows(actor, config.id))
    const { links } = engine.policy(config.id)
    return { config, people, standingOf: createStanding({ config, problems, links, now: engine.now() }) }
  }

  async #leftOutOf({ config, systems, problems }: RunningTenant): Promise<readonly LeftOut[]> {
    if (!config.directory) return leftOutOfList(config)
    // Drawn up anew with every roster, from the same directories.
    const known = this.#leftOut.get(problems)
    if (known) return known
    const directories = await this.#parts.directories.directoriesOf(config.id)
    const all = [...systems.values()].map(({ system }) => system)
    const found = [...sortDirectory(config, all, directories)].filter((one) => 'left' in one)
    this.#leftOut.set(problems, found)
    return found
  }

  async places(query: Parameters<RosterPort['places']>[0]) {
    if (!this.#parts.tenants.get(query.tenant)?.systems.has(query.connector)) return undefined
    const directories = await this.#parts.directories.directoriesOf(query.tenant)
    return findPlaces(query, directories.get(query.connector) ?? [], this.#parts.engine)
  }

  async link({ tenant, key, connector, addresses }: ManualLink, wish: ConfigWish) {
    return this.#edit(async (configuration, { yaml, version }) => {
      const people = new PeopleText(yaml, tenant)
      people.setAddresses(this.#upnOf(tenant, key), connector, addresses)
      return configuration.save(String(people), { ...wish, ifVersion: wish.ifVersion ?? version })
    })
  }

  async hide({ tenant, key, hidden }: Parameters<RosterPort['hide']>[0], wish: ConfigWish) {
    return this.#edit(async (configuration, { yaml, version }) => {
      const people = new PeopleText(yaml, tenant)
      people.setHidden(this.#upnOf(tenant, key), hidden)
      return configuration.save(String(people), { ...wish, ifVersion: wish.ifVersion ?? version })
    })
  }

  /** As it is written elsewhere. */
  #upnOf(tenant: string, key: string): string {
    return this.#parts.engine.people.get(tenant, key.toLowerCase())?.presentity.upn ?? key
  }

  table(tenant: string) {
    const running = this.#parts.tenants.get(tenant)
    const late = async () => {
      return { leftOut: await this.#leftOutOf(running!), came: await this.#parts.visits.of(tenant) }
    }
    return running && writeTable(this.#everyone(running), late)
  }

  previewTable(tenant: string, csv: string): TableReport | ConfigRefused {
    return this.#edit((configuration, { yaml, version }) => {
      const draft = this.#draft(tenant, csv, yaml)
      if ('refused' in draft) return draft
      return reportOf(draft, configuration, version)
    })
  }

  async takeTable(tenant: string, csv: string, wish: ConfigWish) {
    return this.#edit(async (configuration, { yaml, version }) => {
      const draft = this.#draft(tenant, csv, yaml)
      if ('refused' in draft) return draft
      const report = reportOf(draft, configuration, version)
      if ('refused' in report) return report
      const { problems } = report
      if (problems.length > 0) {
        const detail = `${problems.length === 1 ? 'One thing is' : `${problems.length} things are`} wrong in this table.`
        return { refused: 'problems', detail, problems } as const
      }
      const saved = await configuration.save(draft.text, { ...wish, ifVersion: wish.ifVersion ?? version })
      return 'refused' in saved ? saved : { ...saved, report }
    })
  }

  #draft(tenant: string, csv: string, yaml: string): TableDraft | ConfigRefused {
    const running = this.#parts.tenants.get(tenant)
    if (!running) return { refused: 'missing', detail: `There is no tenant "${tenant}".` }
    return draftTable(csv, yaml, running.config)
  }

  #edit<Done>(
    work: (
      configuration: ConfigPort,
      from: { readonly yaml: string; readonly version: number },
    ) => Done | ConfigRefused,
  ): Done | ConfigRefused {
    const { configuration } = this.#parts
    const kept = configuration?.read()
    if (!configuration || kept?.source !== 'stored') {
      return { refused: 'readOnly', detail: this.#refusal(kept) }
    }
    try {
      return work(configuration, kept)
    } catch (error) {
      if (!(error instanceof NothingToEdit)) throw error
      return { refused: 'missing', detail: error.message }
    }
  }
}

/** What is wrong with the table, and with the configuration that it makes. */
function reportOf(
  draft: TableDraft,
  configuration: ConfigPort,
  version: number,
): TableReport | ConfigRefused {
  const { changes, unchanged } = draft
  const checked = changes.length > 0 ? configuration.check(draft.text) : { problems: [], warnings: [] }
  if ('refused' in checked) return checked
  const found = checked.problems.map(({ line: _, ...problem }) => {
    const line = draft.lineOf(problem.path)
    return line === undefined ? problem : { ...problem, line }
  })
  return { version, changes, unchanged, problems: [...draft.problems, ...found] }
}
