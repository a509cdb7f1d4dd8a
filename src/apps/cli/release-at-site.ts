import type { SalvagedConnector } from '../../config/salvage.ts'
import { systemClock } from '../../observe/clock.ts'
import { directoryOwner } from '../../store/sqlite/directory-lock.ts'
import { openSqliteStore } from '../../store/sqlite/open.ts'
import type { ReleaseSubject } from '../release.ts'
import { askSite, type ControlAnswers, type ControlAsk, ControlFailure } from '../site/control.ts'
import { listSecrets } from '../site/list-secrets.ts'
import { noteTakenBack, readAssignments } from '../site/site-memory.ts'
import type { Io } from './command.ts'
import { CliError } from './exit-codes.ts'
import { type LedgerConfig, releaseStopped } from './release-stopped.ts'
import { findPlace, openSeal } from './site.ts'

type Released = Awaited<ReturnType<typeof releaseStopped>>

/** How to reach what a site wrote to, from the site alone. @throws CliError */
async function openLedgerAtSite(directory: string, io: Io): Promise<LedgerConfig> {
  const seal = await openSeal(directory, io)
  const place = await findPlace(directory, seal)
  if (!place) throw new CliError('cannotCreate', `No site is enrolled in ${directory}.`)
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

/** Asks whoever runs the site of a directory. @throws CliError where it cannot be asked */
export async function askRunningSite<What extends ControlAsk['what']>(
  directory: string,
  ask: Extract<ControlAsk, { what: What }>,
): Promise<ControlAnswers[What]> {
  try {
    return await askSite(directory, ask)
  } catch (error) {
    if (!(error instanceof ControlFailure)) throw error
    const owner = directoryOwner(directory)
    const who = owner?.pid ? `process ${owner.pid} on ${owner.host}` : 'another process'
    const fix = 'Stop the site and run this again.'
    const words = `The site is running (${who} holds ${directory}). ${error.message} ${fix}`
    throw new CliError('cannotCreate', words, { cause: error })
  }
}

async function releaseRunning(directory: string, who: string): Promise<Released> {
  const report = await askRunningSite(directory, { what: 'release', who })
  if (who !== 'all' && report.released.length === 0) {
    throw new CliError('noInput', `The site has written nothing at "${who}" that is still there.`)
  }
  const { describeRelease } = await import('../../http/hub-routes.ts')
  return describeRelease(report)
}

/** Takes back what the site wrote, whether it runs or not; `who` is an address. The hub is told when it is there again. */
export async function releaseAtSite(directory: string, { who }: ReleaseSubject, io: Io): Promise<Released> {
  if (directoryOwner(directory)) return releaseRunning(directory, who)
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

/** The store of a site that does not run. @throws CliError */
export async function openAt(directory: string) {
  return await openSqliteStore({ path: directory, clock: systemClock() }).catch((error: unknown) => {
    throw new CliError('cannotCreate', (error as Error).message, { cause: error })
  })
}
