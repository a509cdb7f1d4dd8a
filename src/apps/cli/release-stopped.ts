import { existsSync } from 'node:fs'
import { ConfigError, formatProblems } from '../../config/problem.ts'
import { type Salvage, salvageConfigFile } from '../../config/salvage.ts'
import { systemClock } from '../../observe/clock.ts'
import { presetIndex } from '../../presets/catalog.ts'
import { StoreFailure } from '../../store/failure.ts'
import { openStore, type StorePlace } from '../../store/open-store.ts'
import { dataFile } from '../../store/sqlite/data-file.ts'
import { directoryOwner } from '../../store/sqlite/directory-lock.ts'
import { registry } from '../registry.ts'
import type { ReleaseSubject } from '../release.ts'
import type { Io } from './command.ts'
import { CliError, type ExitName } from './exit-codes.ts'
import { tokenVariable } from './hub-client.ts'

/** The configuration with the name that messages give it. */
export interface LedgerConfig extends Salvage {
  readonly file: string
}

/** Whether what is in the data folder can be taken back here and now; else what to do. */
export type Ledger =
  | { readonly state: 'free'; readonly config: LedgerConfig }
  | { readonly state: 'held'; readonly advice: string }
  | { readonly state: 'missing'; readonly advice: string; readonly exit: ExitName }

/** Finds the ledger of a configuration, of which only the place of the data must be right. */
export function openLedgerOf(file: string, io: Io): Ledger {
  let config: LedgerConfig
  try {
    config = { ...salvageConfigFile({ file, types: registry, presets: presetIndex, env: io.env }), file }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const advice = `The ledger cannot be found either:\n${error.message}`
    return { state: 'missing', exit: 'config', advice }
  }
  const { kind, path } = config.store
  if (kind === 'sqlite' && !existsSync(dataFile(path))) {
    const advice = `There is no ledger in ${path} either. Correct store.path in ${file}, or run this on the machine of the hub.`
    return { state: 'missing', exit: 'cannotCreate', advice }
  }
  const owner = findOwner(path)
  if (owner === undefined) return { state: 'free', config }
  const who = owner.pid === 0 ? 'another process' : `process ${owner.pid} on ${owner.host}`
  const advice = `A hub is running (${who} holds the ledger in ${path}). Name its address, which it printed at its start, with --url http://HOST:PORT, and a token with the scope admin, where it has tokens, in the environment variable ${tokenVariable}; or stop it and run this again.`
  return { state: 'held', advice }
}

/** Who has the ledger of several hubs open, in words; undefined where nobody has. @throws CliError where it cannot be opened */
export async function findHolder(place: StorePlace): Promise<string | undefined> {
  try {
    const store = await openStore(place, { clock: systemClock(), existing: true })
    await store.close()
    return undefined
  } catch (error) {
    const { message } = error as Error
    // Who it is; what follows there is advice for hubs that do not know each other.
    if (error instanceof StoreFailure && error.kind === 'in-use') return message.split('. ')[0]
    throw new CliError('cannotCreate', `The ledger cannot be opened: ${message}`, { cause: error })
  }
}

function findOwner(path: string) {
  try {
    return directoryOwner(path)
  } catch (error) {
    throw new CliError('cannotCreate', `The ledger cannot be opened: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** Takes back from the ledger; tells on standard error what of the configuration is wrong. */
export async function releaseStopped(
  config: LedgerConfig,
  subject: ReleaseSubject,
  io: Io,
): Promise<ReturnType<typeof describeRelease>> {
  const [{ releaseFromLedger }, { describeRelease }] = await Promise.all([
    import('../release.ts'),
    import('../../http/hub-routes.ts'),
  ])
  const report = await releaseFromLedger(config, subject).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError('cannotCreate', `The ledger cannot be opened: ${reason}`, { cause: error })
  })
  if (!report.known)
    throw new CliError('noInput', `The ledger knows no person with the id or UPN "${subject.who}".`)
  const spared = config.connectors.filter((connector) => !report.unusable.includes(connector))
  const warnings = [...config.problems, ...spared.flatMap(({ problems }) => problems)]
  if (warnings.length > 0) {
    io.err(`Warning, which stopped nothing here:\n${formatProblems(config.file, warnings)}\n`)
  }
  for (const { id, problems } of report.unusable) {
    io.err(`Nothing can be taken back at ${id}:\n${formatProblems(config.file, problems)}\n`)
  }
  return describeRelease(report)
}
