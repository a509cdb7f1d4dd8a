import type { KeyReport } from '../../core/config-port.ts'
import { directoryOwner } from '../../store/sqlite/directory-lock.ts'
import { rotateSiteKeys } from '../site/rotate-keys.ts'
import type { Io } from './command.ts'
import { CliError } from './exit-codes.ts'
import { askRunningSite, openAt } from './release-at-site.ts'
import { findPlace, openSeal } from './site.ts'

/** Seals under the first key whatever a site keeps; a running one does it with the keys that it was started with. @throws CliError */
export async function rotateAtSite(directory: string, io: Io): Promise<KeyReport> {
  if (directoryOwner(directory)) return askRunningSite(directory, { what: 'rotate' })
  const seal = await openSeal(directory, io)
  const place = await findPlace(directory, seal)
  if (!place) throw new CliError('cannotCreate', `No site is enrolled in ${directory}.`)
  const store = await openAt(directory)
  try {
    return await rotateSiteKeys({ directory, place, store, seal })
  } finally {
    await store.close()
  }
}
