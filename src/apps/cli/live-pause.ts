import type { ResolvedConfig } from '../../config/resolved.ts'
import type { PersonView } from '../../core/view.ts'
import { directoryOwner } from '../../store/sqlite/directory-lock.ts'
import { readCommandToken } from '../hub/command-token.ts'
import type { Io } from './command.ts'
import { CliError } from './exit-codes.ts'
import { askHub, tokenVariable } from './hub-client.ts'

/** Ends by itself, should this program be killed. */
const minutes = 60

/**
 * A hub that runs with this configuration would take what a live check sets for the person's own doing and carry it
 * on: it is asked to pause the person. Resolves with what ends the pause; where no hub runs, or it does not know the
 * person, nothing is to be ended.
 * @throws CliError where a hub runs that cannot be asked.
 */
export async function pauseInHub(
  { http, store }: Pick<ResolvedConfig, 'http'> & { readonly store: Pick<ResolvedConfig['store'], 'path'> },
  { tenant, upn }: { readonly tenant: string; readonly upn: string },
  io: Io,
): Promise<() => Promise<void>> {
  const nothing = async () => {}
  const owner = directoryOwner(store.path)
  if (!owner) return nothing
  const advice = `A hub is running (process ${owner.pid} on ${owner.host}) and has to pause ${upn} during the check. Run the check as a user who may read ${store.path}, or set ${tokenVariable} to a token of the hub with the scope signal, and a port in http.port; or stop the hub.`
  if (http.port === 0) throw new CliError('unavailable', advice)
  const near = http.host === '0.0.0.0' || http.host === '::' ? '127.0.0.1' : http.host
  const url = `http://${near.includes(':') ? `[${near}]` : near}:${http.port}`
  const hub = { url, token: readCommandToken(store.path) }
  const query = `?tenant=${encodeURIComponent(tenant)}`
  const person = `/api/v1/people/${encodeURIComponent(upn)}`
  const path = `${person}/pause${query}`
  try {
    const { paused = [] } = (await askHub(hub, { path: `${person}${query}` }, io)) as PersonView
    // Paused altogether already, by somebody: that is not ours to end.
    if (paused.some(({ link }) => link === undefined)) return nothing
    await askHub(hub, { path, method: 'PUT', body: { minutes } }, io)
    io.out(`The hub that runs pauses ${upn} during the check.\n`)
    return async () => {
      try {
        await askHub(hub, { path, method: 'DELETE' }, io)
        for (const { link, until } of paused) {
          const body = { link, ...(until !== undefined && { until }) }
          await askHub(hub, { path, method: 'PUT', body }, io)
        }
        io.out(`The hub keeps ${upn} in step again.\n`)
      } catch (error) {
        const { message } = error as Error
        io.err(`The pause of ${upn} was not ended and ends by itself within ${minutes} min: ${message}\n`)
      }
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    if (error.exit === 'noInput') return nothing
    throw new CliError(error.exit, `${error.message} ${advice}`, { cause: error })
  }
}
