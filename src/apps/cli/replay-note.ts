import { randomUUID } from 'node:crypto'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { replayNote } from '../../core/history.ts'
import { systemClock } from '../../observe/clock.ts'
import { directoryOwner } from '../../store/sqlite/directory-lock.ts'
import { readCommandToken } from '../hub/command-token.ts'
import { type Io, type Parsed, textOf } from './command.ts'
import { CliError } from './exit-codes.ts'
import { askHub, findHub, type HubAddress, HubUnreachable, readAddress, systemUser } from './hub-client.ts'
import { configFile } from './load-config.ts'

/** Whose history is about to be read. Times are wall clock, milliseconds. */
export interface Look {
  readonly tenants: readonly string[]
  readonly from: number
  readonly to: number
}

/**
 * Writes the look into the audit log: by the hub that has the data folder open, else into the store itself. Where that
 * cannot be done, the history must not be read. @throws CliError
 */
export async function noteReplay(
  look: Look,
  { store }: ResolvedConfig,
  { parsed, io }: { readonly parsed: Parsed; readonly io: Io },
): Promise<void> {
  const named = textOf(parsed, 'url') !== undefined
  if (!named && !directoryOwner(store.path)) return noteStopped(look, store)
  const hub = named ? findHub(parsed, io) : readAddress(configFile(parsed, io), io)
  if (!hub) {
    throw new CliError('usage', 'The configuration does not tell the port of the hub. Name it with --url.')
  }
  await noteByHub(look, { ...hub, token: hub.token ?? readCommandToken(store.path) }, io)
}

async function noteByHub({ tenants, from, to }: Look, hub: HubAddress, io: Io): Promise<void> {
  try {
    for (const tenant of tenants) {
      await askHub(hub, { path: '/api/v1/audit/replay', method: 'POST', body: { tenant, from, to } }, io)
    }
  } catch (error) {
    if (!(error instanceof HubUnreachable)) throw error
    const advice = 'The hub that has the data folder open notes the look in its audit log.'
    throw new CliError('unavailable', `${error.message} ${advice}`, { cause: error })
  }
}

async function noteStopped({ tenants, ...look }: Look, place: ResolvedConfig['store']): Promise<void> {
  const [{ openStore }, { Auditor }] = await Promise.all([
    import('../../store/open-store.ts'),
    import('../../history/auditor.ts'),
  ])
  const clock = systemClock()
  const period = { from: new Date(look.from).toISOString(), to: new Date(look.to).toISOString() }
  try {
    const store = await openStore(place, { clock, existing: true })
    try {
      const auditor = new Auditor({ store, clock, nextId: randomUUID })
      for (const tenant of tenants) {
        await auditor.note(replayNote(tenant, systemUser() || 'unknown', period))
      }
    } finally {
      await store.close()
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError('cannotCreate', `The look cannot be noted in the audit log: ${reason}`, {
      cause: error,
    })
  }
}
