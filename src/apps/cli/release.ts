import type { describeRelease } from '../../http/hub-routes.ts'
import { type Command, type Io, isSet, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { askHub, HubUnreachable, hubOptions, hubUrl, tokenHelp } from './hub-client.ts'
import { configFile, loadConfigFile } from './load-config.ts'

type Released = ReturnType<typeof describeRelease>

function whom(parsed: Parsed): string | 'all' {
  const person = parsed.positionals[0]
  if (isSet(parsed, 'all') === (person !== undefined)) {
    throw new CliError('usage', 'Say whom to release: either a UPN or --all.')
  }
  return person ?? 'all'
}

async function askRunningHub(who: string | 'all', parsed: Parsed, io: Io): Promise<Released> {
  const tenant = textOf(parsed, 'tenant')
  const body = {
    ...(who === 'all' ? { all: true } : { person: who }),
    ...(tenant === undefined ? {} : { tenant }),
  }
  const question = { path: '/api/v1/release', method: 'POST', body } as const
  return (await askHub(hubUrl(parsed, io), question, io)) as Released
}

/** With the hub stopped: from the ledger in the data folder alone. */
async function releaseStopped(who: string | 'all', parsed: Parsed, io: Io): Promise<Released> {
  const config = loadConfigFile(configFile(parsed, io), io)
  const [{ releaseFromLedger }, { describeRelease }] = await Promise.all([
    import('../release.ts'),
    import('../../http/hub-routes.ts'),
  ])
  try {
    return describeRelease(await releaseFromLedger(config, who))
  } catch (error) {
    throw new CliError(
      'cannotCreate',
      `The ledger cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
}

export const release: Command = {
  name: 'release',
  summary: 'Withdraw what the hub wrote, for one person or for everyone.',
  options: {
    all: { type: 'boolean', description: 'Everyone.' },
    ...hubOptions,
  },
  positional: { name: 'UPN', description: 'Id or UPN of the person.', required: false },
  details: `A running hub is asked to do it. Where none answers and --config names the configuration, it is done from the
ledger in the data folder alone. ${tokenHelp}`,
  async run(parsed, io) {
    const who = whom(parsed)
    let report: Released
    try {
      report = await askRunningHub(who, parsed, io)
    } catch (error) {
      const canDoItHere = textOf(parsed, 'config') !== undefined && textOf(parsed, 'url') === undefined
      if (!(error instanceof HubUnreachable)) throw error
      if (!canDoItHere) {
        throw new CliError(
          'unavailable',
          `${error.message} To release with the hub stopped, name --config FILE.`,
        )
      }
      io.err('No hub is running: releasing from the ledger.\n')
      report = await releaseStopped(who, parsed, io)
    }
    for (const { person, connector, address, slot, outcome, reason } of report.released) {
      io.out(
        `${person}: ${connector} ${address} ${slot}: ${outcome}${reason === undefined ? '' : `: ${reason}`}\n`,
      )
    }
    const count = report.released.length - report.remaining
    io.out(`${count} taken back, ${report.remaining} remaining.\n`)
    return report.remaining === 0 ? exitCodes.ok.code : exitCodes.findings.code
  },
}
