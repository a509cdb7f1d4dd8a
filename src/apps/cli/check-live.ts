import { writeFileSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import type { ResolvedConfig, TenantConfig } from '../../config/resolved.ts'
import { presenceName } from '../../core/presence.ts'
import type { SafeLog } from '../../observe/log.ts'
import { type CheckParts, trialContext } from '../hub/check.ts'
import { registry } from '../registry.ts'
import { type Io, isSet, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { createRecording, type Recording } from './live-recording.ts'
import { type TrialPerson, type TrialReport, type TrialStep, tryConnector } from './live-trial.ts'

interface LiveCheck {
  readonly config: ResolvedConfig
  readonly upn: string
  readonly parsed: Parsed
  readonly io: Io
  readonly parts: CheckParts & { readonly log: SafeLog }
  /** How long a state may take to be shown, beyond the settle time of its slot. Milliseconds. */
  readonly patienceMs?: number
}

/** Whose the person is, and what the configuration tells of them. */
function findPerson({ config, upn }: LiveCheck): {
  tenant: TenantConfig
  person: Omit<TrialPerson, 'addresses'>
} {
  for (const tenant of config.tenants) {
    const listed = tenant.people.find((person) => person.upn.toLowerCase() === upn.toLowerCase())
    if (listed) return { tenant, person: { upn: listed.upn, mail: listed.mail, aliases: listed.aliases } }
    if (tenant.directory) return { tenant, person: { upn, aliases: [] } }
  }
  throw new CliError('noInput', `The configuration has no person with the UPN ${upn}.`)
}

function listStates(tenant: TenantConfig): readonly string[] {
  return tenant.connectors.flatMap(({ id, type, settings }) =>
    (registry[type]?.writes(settings) ?? []).map(
      (slot) => `  ${id} ${slot.slot}: ${slot.states.map(presenceName).join(', ')}`,
    ),
  )
}

async function askConsent({ io, parsed, upn }: LiveCheck, tenant: TenantConfig): Promise<void> {
  io.out(`For ${upn}, each of these is set for a moment and taken back:\n${listStates(tenant).join('\n')}\n`)
  if (isSet(parsed, 'consent')) return
  if (!io.interactive) {
    throw new CliError('usage', 'Nobody is here to agree. With the consent of the person, add --consent.')
  }
  const answer = await io.ask('Does this person agree, and is not in a call? Type yes: ')
  if (answer.trim().toLowerCase() !== 'yes') throw new CliError('usage', 'Nothing was changed.')
}

function describeStep(step: TrialStep): string {
  const { slot, state, outcome, reason, ackMs, shownMs, shownInstead, clearedMs, clearOutcome } = step
  const head = `  ${slot} ${state}: ${outcome} after ${ackMs} ms`
  if (outcome !== 'applied' && outcome !== 'unchanged')
    return `${head}${reason === undefined ? '' : `: ${reason}`}`
  if (step.shownBefore) return `${head}, shown before already; clear: ${clearOutcome}`
  const shown =
    shownMs === undefined ? `not shown, but ${shownInstead ?? 'nothing'}` : `shown ${shownMs} ms later`
  const cleared = clearedMs === undefined ? clearOutcome : `${clearOutcome}, gone ${clearedMs} ms later`
  return `${head}, ${shown}; clear: ${cleared}`
}

function range(values: readonly number[]): string {
  return values.length === 0 ? 'not measured' : `${Math.min(...values)} to ${Math.max(...values)} ms`
}

/** What a trial answers of the questions that documents leave open. */
function describeAnswers({ steps, counted }: TrialReport): readonly string[] {
  const masked = steps.filter(({ shownInstead }) => shownInstead !== undefined)
  return [
    `  write acknowledged: ${range(steps.map(({ ackMs }) => ackMs))}`,
    `  read after write: ${range(steps.flatMap(({ shownMs }) => shownMs ?? []))}`,
    `  read after clear: ${range(steps.flatMap(({ clearedMs }) => clearedMs ?? []))}`,
    `  a second clear: ${[...new Set(steps.map(({ clearAgain }) => clearAgain))].join(', ') || 'not tried'}`,
    ...masked.map(
      ({ slot, state, shownInstead }) => `  ${slot} ${state} is accepted, but shown is ${shownInstead}`,
    ),
    ...counted.map((line) => `  counted ${line}`),
  ]
}

/** A write that was refused, or one that stayed: only these are faults; being masked is an answer. */
function isFaulty({ steps }: TrialReport): boolean {
  return steps.some(
    ({ outcome, clearOutcome, shownMs, clearedMs }) =>
      (outcome !== 'applied' && outcome !== 'unchanged') ||
      (clearOutcome !== 'applied' && clearOutcome !== 'unchanged') ||
      (shownMs !== undefined && clearedMs === undefined),
  )
}

function saveRecording(recording: Recording, { parsed, io, parts }: LiveCheck): void {
  const stamp = new Date(parts.clock.wall()).toISOString().replace(/[:.]/g, '-')
  const file = resolvePath(io.cwd, textOf(parsed, 'recording') ?? `hookswitch-live-${stamp}.jsonl`)
  try {
    writeFileSync(
      file,
      recording.render((text) => parts.log.clean(text)),
      { mode: 0o600 },
    )
  } catch (error) {
    throw new CliError('cannotCreate', `The recording cannot be written to ${file}.`, { cause: error })
  }
  io.out(`Recording, without names and addresses: ${file}\n`)
}

/** `check --live UPN`. Answers the exit code. */
export async function checkLive(live: LiveCheck): Promise<number> {
  const { io, parts } = live
  const { tenant, person } = findPerson(live)
  await askConsent(live, tenant)
  const recording = createRecording()
  recording.conceal([person.upn], 'person')
  recording.conceal(
    [person.mail, ...person.aliases].filter((mail) => mail !== undefined),
    'mail',
  )
  let stop = false
  void io.interrupted().then(() => {
    stop = true
    io.err('Stopping: what was set is taken back first.\n')
  })
  let faulty = false
  const listed = tenant.people.find(({ upn }) => upn === person.upn)
  for (const { id, type, settings } of tenant.connectors) {
    const definition = registry[type]
    if (!definition || stop) continue
    io.out(`${tenant.id}/${id}\n`)
    try {
      const report = await tryConnector({
        definition,
        settings,
        person: { ...person, addresses: listed?.addresses[id] ?? [] },
        clock: parts.clock,
        context: trialContext(tenant.id, id, parts),
        record: (what) => recording.record({ connector: id, ...what }),
        conceal: (addresses) => recording.conceal(addresses, `${id}-address`),
        interrupted: () => stop,
        patienceMs: live.patienceMs ?? 30_000,
      })
      const lines = [
        ...report.steps.map(describeStep),
        ...report.skipped.map((reason) => `  left out: ${reason}`),
        ...(report.steps.length > 0 ? describeAnswers(report) : []),
      ]
      io.out(parts.log.clean(lines.map((line) => `${line}\n`).join('')))
      faulty ||= isFaulty(report)
    } catch (error) {
      faulty = true
      io.out(parts.log.clean(`  error   ${error instanceof Error ? error.message : String(error)}\n`))
    }
  }
  saveRecording(recording, live)
  return faulty || stop ? exitCodes.findings.code : exitCodes.ok.code
}
