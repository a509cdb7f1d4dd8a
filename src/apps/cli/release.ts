import { existsSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import type { describeRelease } from '../../http/hub-routes.ts'
import { type Command, type Io, isSet, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import {
  askHub,
  findHub,
  type HubAddress,
  HubUnreachable,
  hubOptions,
  readAddress,
  tokenHelp,
} from './hub-client.ts'
import { configFile } from './load-config.ts'
import { findHolder, type LedgerConfig, openLedgerOf, releaseStopped } from './release-stopped.ts'
import { findStoredHub, readStoredOptions, salvageStored, storedOptions } from './stored.ts'
import { keysOf, onlyByHub, readKind, salvageFramed } from './stored-frame.ts'

type Released = ReturnType<typeof describeRelease>

function whom(parsed: Parsed): string | 'all' {
  const person = parsed.positionals[0]
  if (isSet(parsed, 'all') === (person !== undefined)) {
    throw new CliError('usage', 'Say whom to release: either a UPN or --all.')
  }
  return person ?? 'all'
}

/** What is to be taken back; the tenant where one was named. */
interface Subject {
  readonly who: string | 'all'
  readonly tenant: string | undefined
}

interface Wish {
  readonly subject: Subject
  readonly parsed: Parsed
  readonly io: Io
}

async function askRunningHub(hub: HubAddress, { who, tenant }: Subject, io: Io): Promise<Released> {
  const body = {
    ...(who === 'all' ? { all: true } : { person: who }),
    ...(tenant === undefined ? {} : { tenant }),
  }
  const question = { path: '/api/v1/release', method: 'POST', body } as const
  return (await askHub(hub, question, io)) as Released
}

async function askAnyHub(parsed: Parsed, subject: Subject, io: Io): Promise<Released> {
  try {
    return await askRunningHub(findHub(parsed, io), subject, io)
  } catch (error) {
    if (!(error instanceof HubUnreachable)) throw error
    const advice = 'To release with the hub stopped, name --config FILE.'
    throw new CliError('unavailable', `${error.message} ${advice}`, { cause: error })
  }
}

const portless = new CliError('unavailable', 'The configuration does not tell the port of the hub.')

/**
 * The lock on the data folder tells whether a hub runs: then the hub does it. Else it is done here, whatever may answer
 * at the address in the file.
 */
async function releaseByFile(file: string, { subject, parsed, io }: Wish): Promise<Released> {
  const ledger = openLedgerOf(file, io)
  if (ledger.state === 'free' && readKind(file) !== 'alone')
    return await releaseOfSeveral(file, ledger.config, { subject, parsed, io })
  if (ledger.state === 'free') {
    io.err('No hub is running: releasing from the ledger.\n')
    return await releaseStopped(ledger.config, subject, io)
  }
  try {
    const hub = readAddress(file, io)
    if (hub === undefined) throw portless
    return await askRunningHub(hub, subject, io)
  } catch (error) {
    if (!(error instanceof CliError) || error.exit === 'noInput') throw error
    throw new CliError(
      ledger.state === 'held' ? error.exit : ledger.exit,
      `${error.message} ${ledger.advice}`,
      {
        cause: error,
      },
    )
  }
}

/**
 * A hub of several may run on another machine: the ledger tells, which they have open together. Where none has, it is done here;
 * else one of them does it.
 */
async function releaseOfSeveral(
  file: string,
  config: LedgerConfig,
  { subject, parsed, io }: Wish,
): Promise<Released> {
  const others = await findHolder(config.store)
  if (others === undefined) {
    const isStored = readKind(file) === 'severalStored'
    const whole = isStored ? await salvageFramed(config, keysOf(parsed, io, config.store.path)) : config
    io.err('No hub is running: releasing from the ledger.\n')
    return await releaseStopped(whole, subject, io)
  }
  const hub = readAddress(file, io) ?? { url: 'http://127.0.0.1:8080' }
  return await askRunningHub(hub, subject, io).catch((error: unknown) => {
    if (!(error instanceof HubUnreachable)) throw error
    const text = onlyByHub('takes back what all of them wrote')
    throw new CliError('unavailable', `${error.message} ${others}. ${text}`, { cause: error })
  })
}

/** Of a hub without a configuration file. */
async function releaseByData(parsed: Parsed, subject: Subject, io: Io): Promise<Released> {
  const hub = findStoredHub(parsed, io)
  if (hub) return askRunningHub(hub, subject, io)
  io.err('No hub is running: releasing from the ledger.\n')
  return releaseStopped(await salvageStored(readStoredOptions(parsed, io), io), subject, io)
}

async function releaseAnyhow(parsed: Parsed, subject: Subject, io: Io): Promise<Released> {
  const isGiven = (name: string) => textOf(parsed, name) !== undefined
  if (isGiven('site')) {
    const { releaseAtSite } = await import('./release-at-site.ts')
    return releaseAtSite(resolvePath(io.cwd, textOf(parsed, 'site')!), subject, io)
  }
  if (isGiven('url')) return askAnyHub(parsed, subject, io)
  if (isGiven('data') && !isGiven('config')) return releaseByData(parsed, subject, io)
  const file = configFile(parsed, io)
  return isGiven('config') || existsSync(file)
    ? releaseByFile(file, { subject, parsed, io })
    : askAnyHub(parsed, subject, io)
}

export const release: Command = {
  name: 'release',
  summary: 'Withdraw what the hub wrote, for one person or for everyone.',
  options: {
    all: { type: 'boolean', description: 'Everyone.' },
    ...hubOptions,
    keys: storedOptions.keys!,
    site: {
      type: 'string',
      value: 'DIR',
      description:
        'The data directory of a site on this machine: what it wrote, without the hub. UPN is an address then.',
    },
  },
  positional: { name: 'UPN', description: 'Id or UPN of the person.', required: false },
  details: `A running hub is asked to do it. Where none runs, it is done from the ledger in the data folder of the
configuration (--config, or hookswitch.yaml in this folder). Of that only store.path and the connectors with something
to take back must be right; what else is wrong with it is told and stops nothing. --data names the data directory of a
hub without a configuration file. Of several hubs any that runs does it; where none does, it is done from the ledger that
they share, with their keys (--keys) where the configuration is stored. ${tokenHelp}`,
  async run(parsed, io) {
    const subject: Subject = { who: whom(parsed), tenant: textOf(parsed, 'tenant') }
    const report = await releaseAnyhow(parsed, subject, io)
    for (const { person, connector, address, slot, outcome, reason } of report.released) {
      io.out(
        `${person}: ${connector} ${address} ${slot}: ${outcome}${reason === undefined ? '' : `: ${reason}`}\n`,
      )
    }
    const count = report.released.length - report.remaining
    io.out(`${count} taken back, ${report.remaining} remaining.\n`)
    const { unanswered = [], unserved = [] } = report
    for (const hub of unanswered) {
      io.err(
        `The hub ${hub} did not answer: what it wrote is not counted here, and may stand still. Ask again once it answers, or once another one has its tenants.\n`,
      )
    }
    if (unserved.length > 0)
      io.err(
        `Nothing was taken back for ${unserved.join(', ')}: no hub that answers has them just now. Ask again in a moment; an alert tells of a tenant that cannot be begun.\n`,
      )
    const isWhole = unanswered.length === 0 && unserved.length === 0
    return report.remaining === 0 && isWhole ? exitCodes.ok.code : exitCodes.findings.code
  },
}
