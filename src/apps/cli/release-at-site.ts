import type { SalvagedConnector } from '../../config/salvage.ts'
import { systemClock } from '../../observe/clock.ts'
import { directoryOwner } from '../../store/sqlite/directory-lock.ts'
import { openSqliteStore } from '../../store/sqlite/open.ts'
import type { ReleaseSubject } from '../release.ts'
import { listSecrets } from '../site/list-secrets.ts'
import { noteTakenBack, readAssignments } from '../site/site-memory.ts'
import type { Io } from './command.ts'
import { CliError } from './exit-codes.ts'
import { type LedgerConfig, releaseStopped } from './release-stopped.ts'
import { findPlace, openSeal } from './site.ts'

/** How to reach what a site wrote to, from the site alone. @throws CliError */
async function openLedgerAtSite(directory: string, io: Io): Promise<LedgerConfig> {
  const seal = await openSeal(directory, io)
  const place = await findPlace(directory, seal)
  if (!place) throw new CliError('cannotCreate', `No site is enrolled in ${directory}.`)
  const owner = directoryOwner(directory)
  if (owner) {
    const who = owner.pid === 0 ? 'another process' : `process ${owner.pid} on ${owner.host}`
    const fix = 'Ask the hub to release, or stop the site and run this again.'
    throw new CliError('cannotCreate', `The site is running (${who} holds ${directory}). ${fix}`)
  }
  const store = await openAt(directory)
  try {
    const assignments = await readAssignments(store, place.tenant, seal)
    const connectors = [...assignments].map(
      ([id, { type, settings }]): SalvagedConnector => ({
        ...{ tenant: place.tenant, id, type, settings, problems: [] },
      }),
    )
    const secrets = [...assignments.values()].flatMap(({ settings }) => listSecrets(settings))
    const at = { kind: 'sqlite', path: directory, schema: 'hookswitch', poolSize: 1, tls: 'auto' } as const
    return { store: at, connectors, problems: [], secrets, file: directory }
  } catch (error) {
    throw new CliError('cannotCreate', (error as Error).message, { cause: error })
  } finally {
    await store.close()
  }
}

/** Takes back what the site wrote, with the hub away; `who` is an address. The hub is told when the site runs again. */
export async function releaseAtSite(
  directory: string,
  { who }: ReleaseSubject,
  io: Io,
): Promise<Awaited<ReturnType<typeof releaseStopped>>> {
  const config = await openLedgerAtSite(directory, io)
  const report = await releaseStopped(config, { who }, io)
  const done = report.released.filter(({ outcome }) => outcome === 'applied' || outcome === 'unchanged')
  const store = await openAt(directory)
  try {
    for (const [tenant, places] of Map.groupBy(done, (one) => one.tenant)) {
      await noteTakenBack(store, tenant, places)
    }
  } finally {
    await store.close()
  }
  return report
}

async function openAt(directory: string) {
  return await openSqliteStore({ path: directory, clock: systemClock() }).catch((error: unknown) => {
    throw new CliError('cannotCreate', (error as Error).message, { cause: error })
  })
}
