import { resolve as resolvePath } from 'node:path'
import { parseBaseUrl } from '../../connectors/kit/base-url.ts'
import { createLog } from '../../observe/log.ts'
import type { Refused } from '../../sites/uplink.ts'
import type { Farewell } from '../site/farewell.ts'
import type { Place, SiteSeal } from '../site/place.ts'
import type { RunningSite } from '../site/start.ts'
import { version } from '../version.ts'
import { type Command, type Io, type Parsed, textOf } from './command.ts'
import { enrolSite } from './enrol-site.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { stopInTime } from './serve.ts'

/** For who would rather not write it on a command line. */
const codeVariable = 'HOOKSWITCH_SITE_CODE'

/** What of a site's directory cannot be used, as the end of a command. */
export async function openSeal(directory: string, io: Io): Promise<SiteSeal> {
  const { SiteSeal } = await import('../site/place.ts')
  try {
    return await SiteSeal.open({ directory, env: io.env, cwd: io.cwd })
  } catch (error) {
    throw new CliError('cannotCreate', (error as Error).message, { cause: error })
  }
}

export async function findPlace(directory: string, seal: SiteSeal): Promise<Place | undefined> {
  const { readPlace } = await import('../site/place.ts')
  try {
    return readPlace(directory, seal)
  } catch (error) {
    throw new CliError('cannotCreate', (error as Error).message, { cause: error })
  }
}

function readHubs(parsed: Parsed): readonly string[] {
  const urls = textOf(parsed, 'hub')?.split(',').filter(Boolean) ?? []
  try {
    return urls.map((url) => parseBaseUrl(url, '--hub'))
  } catch (error) {
    const { message, fix } = error as Error & { fix?: string }
    throw new CliError('usage', [message, fix].filter(Boolean).join(' '), { cause: error })
  }
}

/** Enrolled before, or now with the code. */
async function settle(parsed: Parsed, io: Io, at: { directory: string; seal: SiteSeal }): Promise<Place> {
  const { directory, seal } = at
  const { writePlace } = await import('../site/place.ts')
  const hubs = readHubs(parsed)
  const code = textOf(parsed, 'code') ?? io.env[codeVariable]
  const known = await findPlace(directory, seal)
  if (known) {
    if (code) io.out('This site is enrolled already; the code was not used.\n')
    if (hubs.length === 0) return known
    const moved = { ...known, hubs }
    writePlace(directory, moved, seal)
    return moved
  }
  if (!code) {
    throw new CliError(
      'usage',
      `No site is enrolled in ${directory}. Make a code at the hub (hookswitch sites code TENANT --connectors ...), and give it with --code or in ${codeVariable}.`,
    )
  }
  if (hubs.length === 0) throw new CliError('usage', 'Name the hub with --hub URL.')
  const place = await enrolSite(hubs, code, (text) => io.out(text))
  writePlace(directory, place, seal)
  io.out(
    `Enrolled as the site "${place.site}" of the tenant ${place.tenant}, for: ${place.connectors.join(', ')}.\n`,
  )
  return place
}

const comeAgain = 'To let it in again: a new code, and an empty data directory.'

/** Who has come in its place knows what was written here; otherwise nobody but this site will take it back. */
async function partFrom(
  { code, reason }: Refused,
  { running, ended, directory, io }: Parting,
): Promise<CliError> {
  const sentAway = `The hub sent this site away: ${reason}`
  if (code === 'superseded') {
    return new CliError('noPermission', `${sentAway} What was written here is that one's to take back.`)
  }
  io.out(`${sentAway} What was written here is taken back.\n`)
  const end = new AbortController()
  void ended.then(() => end.abort())
  const farewell = await running.leave(end.signal)
  return new CliError('noPermission', `${sentAway} ${describeFarewell(farewell, directory)} ${comeAgain}`)
}

interface Parting {
  readonly running: RunningSite
  /** Somebody ends the program. */
  readonly ended: Promise<unknown>
  readonly directory: string
  readonly io: Io
}

function describeFarewell({ taken, left, reason }: Farewell, directory: string): string {
  const done = taken.length > 0 ? `What it had written was taken back at ${taken.join(', ')}.` : ''
  if (left.length === 0) return done || 'Nothing that it had written is left.'
  const why = reason === undefined ? '' : ` (${reason})`
  const fix = `Take it back with: hookswitch release --all --site ${directory}`
  return `${done} What it had written at ${left.join(', ')} may still be there${why}. ${fix}`.trim()
}

export const site: Command = {
  name: 'site',
  summary: 'Run connectors near a phone system for a hub elsewhere; only dials out.',
  options: {
    data: { type: 'string', value: 'DIR', description: 'The data directory (default: site in this folder).' },
    hub: {
      type: 'string',
      value: 'URL',
      repeatable: true,
      description: 'The address of the hub, https; each, where there are several. Kept from the first start.',
    },
    code: {
      type: 'string',
      value: 'CODE',
      description: `At the first start: what "hookswitch sites code" printed. Or in ${codeVariable}.`,
    },
  },
  details:
    'Which connectors run here, and with what settings, the hub says: those that have "site: NAME" in its configuration. Runs until SIGTERM or SIGINT. Ends by itself only when the hub sends it away for good (77: revoked, or another one came in its place), once what it wrote is taken back. See docs/operations/sites.md.',
  async run(parsed, io) {
    const directory = resolvePath(io.cwd, textOf(parsed, 'data') ?? 'site')
    const seal = await openSeal(directory, io)
    const place = await settle(parsed, io, { directory, seal })
    const log = createLog({ level: 'info' })
    log.hide(place.secret)
    const { startSite } = await import('../site/start.ts')
    const running = await startSite(place, { directory, seal, log }).catch((error: unknown) => {
      if ((error as Error).name !== 'StoreFailure') throw error
      throw new CliError('cannotCreate', (error as Error).message, { cause: error })
    })
    io.out(`Hookswitch ${version} runs the site "${place.site}" for ${place.hubs.join(', ')}\n`)
    const ended = io.interrupted()
    const refused = await Promise.race([ended.then(() => undefined), running.refused])
    const parting = refused && (await partFrom(refused, { running, ended, directory, io }))
    await stopInTime(() => running.stop())
    if (parting) throw parting
    return exitCodes.ok.code
  },
}
