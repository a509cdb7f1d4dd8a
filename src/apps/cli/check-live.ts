import { writeFileSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import type { ConnectorConfig, ResolvedConfig, TenantConfig } from '../../config/resolved.ts'
import { presenceName } from '../../core/presence.ts'
import type { SafeLog } from '../../observe/log.ts'
import { type CheckParts, trialContext } from '../hub/check.ts'
import { registry } from '../registry.ts'
import { type Io, isSet, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { formatFindings, hasFault } from './findings.ts'
import { openLiveDoor } from './live-door.ts'
import { pauseInHub } from './live-pause.ts'
import { findQuestions, formatAnswers, type LiveAnswer } from './live-questions.ts'
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
  const unlicensed = textOf(parsed, 'unlicensed')
  if (unlicensed !== undefined) io.out(`For ${unlicensed}, In a call is set once in Teams and taken back.\n`)
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

interface LiveConnector extends LiveCheck {
  readonly tenant: TenantConfig
  readonly person: Omit<TrialPerson, 'addresses'>
  readonly connector: ConnectorConfig
  readonly recording: Recording
  readonly record: (what: object) => void
  readonly interrupted: () => boolean
  /** Aborted at the first Ctrl+C. */
  readonly stopping: AbortSignal
  /** Where answers to open points go. */
  readonly answered: { readonly connector: string; readonly answers: readonly LiveAnswer[] }[]
}

type Verdict = 'fine' | 'faulty'

function say({ io, parts }: LiveCheck, lines: readonly string[]): void {
  io.out(lines.map((line) => `${parts.log.clean(line)}\n`).join(''))
}

/** Undefined where the check is interrupted, or the terminal is gone. */
async function askOnTerminal({ io, stopping }: LiveConnector, question: string): Promise<string | undefined> {
  try {
    return await io.ask(question, stopping)
  } catch {
    return undefined
  }
}

/** What the documents of this kind of system leave open. */
async function askQuestions(here: LiveConnector): Promise<Verdict> {
  const { tenant, connector, person, parts } = here
  const ask = findQuestions(connector.type)
  if (!ask) return 'fine'
  const { id } = connector
  const context = trialContext(tenant.id, id, parts)
  const unlicensed = textOf(here.parsed, 'unlicensed')
  const door = await openLiveDoor(here.config, { tenant: tenant.id, connector: id })
  const { findings, answers, recording } = await ask(connector.settings as never, context, {
    upn: person.upn,
    ...(here.patienceMs === undefined ? {} : { patienceMs: here.patienceMs }),
    ...(unlicensed === undefined ? {} : { unlicensed }),
    ...(here.io.interactive ? { ask: (question: string) => askOnTerminal(here, question) } : {}),
    interrupted: here.interrupted,
    notifications: door.at,
  }).finally(() => door.close())
  for (const exchange of recording) here.record({ asked: exchange })
  for (const answer of answers) here.record({ openPoint: answer })
  here.answered.push({ connector: `${tenant.id}/${id}`, answers })
  say(
    here,
    formatFindings([{ connector: id, findings }], (text) => parts.log.clean(text))
      .trimEnd()
      .split('\n')
      .slice(1),
  )
  return hasFault(findings) ? 'faulty' : 'fine'
}

/** Each state that a sync may set, written, read back and taken back. */
async function tryHere(here: LiveConnector): Promise<Verdict> {
  const { tenant, connector, person, parts, recording } = here
  const { id, type, settings } = connector
  const definition = registry[type]
  if (!definition) return 'fine'
  const listed = tenant.people.find(({ upn }) => upn === person.upn)
  try {
    const report = await tryConnector({
      definition,
      settings,
      person: { ...person, addresses: listed?.addresses[id] ?? [] },
      clock: parts.clock,
      context: trialContext(tenant.id, id, parts),
      record: here.record,
      conceal: (addresses) => recording.conceal(addresses, `${id}-address`),
      interrupted: here.interrupted,
      patienceMs: here.patienceMs ?? 30_000,
    })
    say(here, [
      ...report.steps.map(describeStep),
      ...report.skipped.map((reason) => `  left out: ${reason}`),
      ...(report.steps.length > 0 ? describeAnswers(report) : []),
    ])
    return isFaulty(report) ? 'faulty' : 'fine'
  } catch (error) {
    say(here, [`  error   ${error instanceof Error ? error.message : String(error)}`])
    return 'faulty'
  }
}

/** `check --live UPN`. Answers the exit code. */
export async function checkLive(live: LiveCheck): Promise<number> {
  const { io, config } = live
  const { tenant, person } = findPerson(live)
  await askConsent(live, tenant)
  const recording = concealPeople(createRecording(), person, textOf(live.parsed, 'unlicensed'))
  const stop = new AbortController()
  void io.interrupted().then(() => {
    stop.abort()
    io.err('Stopping: what was set is taken back first.\n')
  })
  const answered: LiveConnector['answered'] = []
  let faulty = false
  const resume = await pauseInHub(config, { tenant: tenant.id, upn: person.upn }, io)
  try {
    for (const connector of tenant.connectors) {
      if (stop.signal.aborted) continue
      io.out(`${tenant.id}/${connector.id}\n`)
      const record = (what: object) => recording.record({ connector: connector.id, ...what })
      const interrupted = () => stop.signal.aborted
      const here = { ...live, tenant, person, connector, recording, record, answered, interrupted }
      const asked = await askQuestions({ ...here, stopping: stop.signal })
      const tried = stop.signal.aborted ? 'fine' : await tryHere({ ...here, stopping: stop.signal })
      faulty ||= asked === 'faulty' || tried === 'faulty'
    }
  } finally {
    await resume()
  }
  io.out(live.parts.log.clean(formatAnswers(answered)))
  saveRecording(recording, live)
  return faulty || stop.signal.aborted ? exitCodes.findings.code : exitCodes.ok.code
}

function concealPeople(
  recording: Recording,
  { upn, mail, aliases }: Omit<TrialPerson, 'addresses'>,
  unlicensed: string | undefined,
): Recording {
  recording.conceal([upn], 'person')
  recording.conceal(
    [mail, ...aliases].filter((one) => one !== undefined),
    'mail',
  )
  if (unlicensed !== undefined) recording.conceal([unlicensed], 'unlicensed')
  return recording
}
