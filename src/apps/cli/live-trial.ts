import { randomUUID } from 'node:crypto'
import type {
  AnyConnectorDefinition,
  ConnectorContext,
  ConnectorInstance,
  Outcome,
  Publication,
  WriteSlot,
} from '../../core/connector.ts'
import { matchPeople } from '../../core/identity.ts'
import type { FeedEvent } from '../../core/observation.ts'
import type { Clock } from '../../core/ports.ts'
import {
  isCall,
  isDoNotDisturb,
  type Presence,
  type PresenceName,
  presenceName,
} from '../../core/presence.ts'
import { createWatch, describeShown, type Shown, shows, type Watch } from './live-watch.ts'
import { createTally, recordFetch } from './live-wire.ts'

export interface TrialPerson {
  readonly upn: string
  readonly mail?: string | undefined
  readonly aliases: readonly string[]
  /** At this connector, by hand; empty to look in its directory. */
  readonly addresses: readonly string[]
}

export interface TrialOptions {
  readonly definition: AnyConnectorDefinition
  readonly settings: unknown
  readonly person: TrialPerson
  readonly clock: Clock
  /** Of the instance; `emit`, `fetch` and `metrics` are replaced. */
  readonly context: ConnectorContext
  readonly record: (what: object) => void
  /** Told the addresses before anything that names them is recorded. */
  readonly conceal: (addresses: readonly string[]) => void
  readonly interrupted: () => boolean
  /** How long a state may take to be shown, beyond the slot's settle time. Milliseconds. */
  readonly patienceMs: number
}

/** One state written, read back and taken back. Times in milliseconds. */
export interface TrialStep {
  readonly slot: string
  readonly state: PresenceName
  readonly address: string
  readonly outcome: Outcome['kind']
  readonly reason?: string
  readonly ackMs: number
  /** The person was shown so before: nothing can be seen of the write. */
  readonly shownBefore: boolean
  /** Until it was read back; absent when it never was. */
  readonly shownMs?: number
  readonly shownInstead?: string
  /** Until it was no longer shown after the withdrawal; absent when it stayed. */
  readonly clearedMs?: number
  readonly clearOutcome: Outcome['kind']
  /** What the target says to a second withdrawal. */
  readonly clearAgain: Outcome['kind']
}

export interface TrialReport {
  readonly addresses: readonly string[]
  readonly steps: readonly TrialStep[]
  /** Why slots or addresses were left out. */
  readonly skipped: readonly string[]
  /** What the connector counted meanwhile, such as requests by status. */
  readonly counted: readonly string[]
}

interface Trial extends TrialOptions {
  readonly instance: ConnectorInstance
  readonly watch: Watch
}

async function findAddresses({ instance, person, definition }: Trial): Promise<readonly string[]> {
  if (person.addresses.length > 0) return person.addresses
  const directory = (await instance.directory?.()) ?? []
  const { matches } = matchPeople([person], directory, definition.manifest.title)
  return matches[0]?.addresses ?? []
}

/** Why nothing may be tried now; the trial must not cut into what the person is doing. */
function findObstacle(shown: Shown | undefined): string | undefined {
  if (!shown) return 'nothing was read in time'
  if (shown.kind === 'presence' && isCall(shown.state)) return 'the person is in a call'
  const disturbed = shown.kind === 'dnd' ? shown.on : isDoNotDisturb(shown.state)
  return disturbed ? 'the person is on do not disturb' : undefined
}

/** Whether trying the slot would destroy a choice that cannot be restored. */
function isSpoken(slot: WriteSlot, shown: Shown | undefined): boolean {
  return slot.contribution === 'sharedSlot' && shown?.kind === 'presence' && shown.chosen === 'yes'
}

async function send(trial: Trial, publication: Omit<Publication, 'id' | 'refresh'>): Promise<Outcome> {
  const outcome = await trial.instance.publish!({ ...publication, id: randomUUID(), refresh: false })
  trial.record({ at: trial.clock.wall(), publication, outcome })
  return outcome
}

const mostAttempts = 5
const retryMs = 2_000

/** Takes back, and insists: a target that is busy must not keep what only a trial wrote. */
async function takeBack(trial: Trial, target: { address: string; slot: WriteSlot }): Promise<Outcome> {
  const { address, slot } = target
  for (let attempt = 1; ; attempt++) {
    const outcome = await send(trial, { address, slot: slot.slot, act: 'withdraw', state: slot.neutral })
    const passing = outcome.kind === 'deferred' || outcome.kind === 'failed'
    if (!passing || attempt === mostAttempts) return outcome
    const delay = outcome.kind === 'deferred' ? outcome.retryAfterMs : retryMs
    await new Promise<void>((resolve) => trial.clock.after(delay, resolve))
  }
}

async function tryState(
  trial: Trial,
  at: { slot: WriteSlot; address: string },
  state: Presence,
): Promise<TrialStep> {
  const { clock, watch, patienceMs } = trial
  const { slot, address } = at
  const wait = slot.settleMs + patienceMs
  const before = watch.latest(address)
  const shownBefore = before !== undefined && shows(before, state)
  const began = clock.monotonic()
  const life = slot.expiry.kind === 'native' ? { lifeMs: slot.expiry.lifeMs } : {}
  const outcome = await send(trial, { address, slot: slot.slot, act: 'assert', state, ...life })
  const ackMs = Math.round(clock.monotonic() - began)
  const accepted = outcome.kind === 'applied' || outcome.kind === 'unchanged'
  const canSee = accepted && !shownBefore
  const shownMs = canSee
    ? await watch
        .until(address, (shown) => shows(shown, state), wait)
        .catch(async (cause: unknown) => {
          await takeBack(trial, at)
          throw cause
        })
    : undefined
  const instead = watch.latest(address)
  const cleared = await takeBack(trial, at)
  const clearedMs =
    shownMs === undefined ? undefined : await watch.until(address, (shown) => !shows(shown, state), wait)
  const again = await takeBack(trial, at)
  return {
    slot: slot.slot,
    state: presenceName(state),
    address,
    outcome: outcome.kind,
    ...('reason' in outcome ? { reason: outcome.reason } : {}),
    ackMs,
    shownBefore,
    ...(shownMs === undefined ? {} : { shownMs }),
    ...(canSee && shownMs === undefined && instead ? { shownInstead: describeShown(instead) } : {}),
    ...(clearedMs === undefined ? {} : { clearedMs }),
    clearOutcome: cleared.kind,
    clearAgain: again.kind,
  }
}

async function tryAddress(trial: Trial, address: string, report: { steps: TrialStep[]; skipped: string[] }) {
  const { watch, definition, settings, interrupted, patienceMs } = trial
  await watch.until(address, () => true, patienceMs)
  const obstacle = findObstacle(watch.latest(address))
  if (obstacle !== undefined) {
    report.skipped.push(`${address}: ${obstacle}`)
    return
  }
  for (const slot of definition.writes(settings)) {
    if (isSpoken(slot, watch.latest(address))) {
      report.skipped.push(
        `${address} ${slot.slot}: the person chose a status by hand; reset it and try again`,
      )
      continue
    }
    for (const state of slot.states) {
      if (interrupted()) return
      report.steps.push(await tryState(trial, { slot, address }, state))
    }
  }
}

/**
 * Sets each state that a sync may set at one connector for one person, reads it back and takes it back. What was
 * set is taken back also when something fails in between.
 * @throws ConnectorFailure where the connector does not start.
 */
export async function tryConnector(options: TrialOptions): Promise<TrialReport> {
  const { definition, settings, clock, record, interrupted, person, context } = options
  let instance: ConnectorInstance | undefined
  let found = false
  const watch = createWatch({ clock, interrupted, instance: () => instance! })
  const emit = (event: FeedEvent) => {
    record({ at: clock.wall(), event })
    watch.take(event)
  }
  const wire = { fetch: context.fetch, open: () => found, now: () => clock.monotonic() }
  const metrics = createTally()
  const fetch = recordFetch((what) => record({ at: clock.wall(), ...what }), wire)
  instance = definition.create(settings, { ...context, emit, fetch, metrics })
  const trial: Trial = { ...options, instance, watch }
  const report = { steps: [] as TrialStep[], skipped: [] as string[] }
  try {
    await instance.start(person.addresses)
    const addresses = await findAddresses(trial)
    options.conceal(addresses)
    found = true
    instance.follow(addresses)
    if (addresses.length === 0) report.skipped.push('the person has no address there')
    if (instance.publish) for (const address of addresses) await tryAddress(trial, address, report)
    else report.skipped.push('this connector only reads')
    return { addresses, ...report, counted: metrics.lines() }
  } finally {
    await instance.stop()
  }
}
