import type { ResolvedConfig } from '../../config/resolved.ts'
import type { ReplayCall, ReplayDifference } from '../../engine/replay-person.ts'
import type { TenantReplay } from '../replay.ts'
import { type Command, type Io, isSet, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { formatAge } from './explain.ts'
import { hubOptions, tokenHelp } from './hub-client.ts'
import { configFile, configOption, loadConfigFile } from './load-config.ts'
import { readMoment } from './moment.ts'
import { plainLines } from './terminal-text.ts'

const dayMs = 86_400_000
/** Differences and calls that are printed one by one; JSON has all. */
const shownRows = 50

/** The result for people. */
function formatReplay(replay: TenantReplay): string {
  const { tenant, people, rows, skipped, differences, links, blocked, unblocked } = replay
  const concerned = new Set(differences.map(({ presentity }) => presentity)).size
  const total = differences.reduce((sum, { from, to }) => sum + to - from, 0)
  const lines = [
    `Tenant ${tenant}: ${counted(rows, 'record')} of ${counted(people, 'person', 'people')}`,
    differences.length === 0
      ? 'Nothing would have been shown otherwise.'
      : `${counted(differences.length, 'state')} would have been different, for ${counted(concerned, 'person', 'people')}, ${formatAge(total)} in all.`,
    `${counted(blocked.length, 'call')} would have been blocked, ${unblocked.length} let through.`,
    ...(skipped > 0
      ? [`${counted(skipped, 'record')} passed over: the rules of that time are not stored.`]
      : []),
    ...(links.length > 0 ? ['', 'By link'] : []),
    ...links.map(({ link, states, milliseconds }) => {
      return `  ${link}: ${counted(states, 'state')}, ${formatAge(milliseconds)}`
    }),
    ...(differences.length > 0 ? ['', 'What would have been different'] : []),
    ...differences.slice(0, shownRows).map(formatDifference),
    ...more(differences.length),
    ...(blocked.length + unblocked.length > 0 ? ['', 'Calls'] : []),
    ...[...blocked, ...unblocked].slice(0, shownRows).map(formatCall),
    ...more(blocked.length + unblocked.length),
  ]
  return plainLines(lines)
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

function more(count: number): string[] {
  return count > shownRows ? [`  and ${count - shownRows} more: see --json`] : []
}

function formatDifference(one: ReplayDifference): string {
  const { presentity, connector, address, slot, was = 'nothing', would = 'nothing', from, to } = one
  return `  ${time(from)}, ${formatAge(to - from)}: ${presentity} at ${connector} ${address} ${slot}: ${would} instead of ${was} (${one.links.join(', ')})`
}

function formatCall({ presentity, connector, address, at, link, became }: ReplayCall): string {
  return `  ${time(at)}: a call for ${presentity} at ${connector} ${address}: ${became === 'blocked' ? 'blocked' : 'let through'} (${link})`
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

async function run(config: ResolvedConfig, asked: { readonly parsed: Parsed; readonly io: Io }, now: number) {
  const { parsed } = asked
  const to = readMoment(textOf(parsed, 'to') ?? '0min', now)
  const from = readMoment(textOf(parsed, 'from') ?? new Date(to - dayMs).toISOString(), now)
  if (from >= to) throw new CliError('usage', 'The period is empty: --from has to be before --to.')
  const wanted = textOf(parsed, 'tenant')
  const tenants = config.tenants.filter(({ id }) => wanted === undefined || id === wanted)
  if (tenants.length === 0) throw new CliError('usage', `The configuration has no tenant "${wanted}".`)
  const [{ openArchive }, { replayTenant, whyNoReplay }] = await Promise.all([
    import('../../store/open-store.ts'),
    import('../replay.ts'),
  ])
  const archive = await opened(() => openArchive(config.store))
  try {
    const { noteReplay } = await import('./replay-note.ts')
    await noteReplay({ tenants: tenants.map(({ id }) => id), from, to }, config, asked)
    const replays: TenantReplay[] = []
    for (const tenant of tenants) replays.push(await replayTenant(tenant, archive, { from, to }))
    return { from, to, replays, nothing: whyNoReplay(config, replays) }
  } finally {
    await archive.close()
  }
}

async function opened<Value>(open: () => Promise<Value>): Promise<Value> {
  try {
    return await open()
  } catch (error) {
    throw new CliError('unavailable', error instanceof Error ? error.message : String(error), {
      cause: error,
    })
  }
}

async function runReplay(parsed: Parsed, io: Io): Promise<number> {
  const config = loadConfigFile(configFile(parsed, io), io)
  const { from, to, replays, nothing } = await run(config, { parsed, io }, Date.now())
  if (isSet(parsed, 'json')) {
    io.out(`${JSON.stringify({ from, to, tenants: replays, ...(nothing && { nothing }) }, null, 2)}\n`)
    return nothing ? exitCodes.noInput.code : exitCodes.ok.code
  }
  if (nothing) throw new CliError('noInput', nothing)
  io.out(`From ${time(from)} to ${time(to)}, under the rules of ${configFile(parsed, io)}\n\n`)
  io.out(replays.map(formatReplay).join('\n'))
  return exitCodes.ok.code
}

export const replay: Command = {
  name: 'replay',
  summary: 'Tell what an edited configuration would have changed in the past.',
  options: {
    config: {
      ...configOption,
      description: 'The edited configuration; its store is that of the hub.',
    },
    tenant: { type: 'string', value: 'ID', description: 'Only this tenant.' },
    from: { type: 'string', value: 'TIME', description: 'From when (default: a day before --to).' },
    to: { type: 'string', value: 'TIME', description: 'Until when (default: now).' },
    url: hubOptions.url!,
    json: { type: 'boolean', description: 'Everything as JSON.' },
  },
  details: `Reads the history in the data folder, also while a hub runs on it, and writes nothing but an entry in the audit
log: by the running hub, at the address in the configuration or --url, else into the store itself. TIME is
2026-11-20T09:30, 2026-11-20T09:30:00Z, or how long ago: 30min, 2h, 3d. Needs history.days of at least 1. ${tokenHelp}`,
  run: runReplay,
}
