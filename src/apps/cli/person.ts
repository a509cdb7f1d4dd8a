import type { EraseReport } from '../../core/history-port.ts'
import { type Command, type Io, isSet, type Parsed } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { askHub, findHub, hubOptions, tenantQuery, tokenHelp } from './hub-client.ts'

function dataPath(parsed: Parsed): string {
  return `/api/v1/people/${encodeURIComponent(parsed.positionals[0]!)}/data${tenantQuery(parsed)}`
}

const positional = { name: 'UPN', description: 'Id or UPN of the person.', required: true }

const exportPerson: Command = {
  name: 'person export',
  summary: 'Print everything that is stored about a person, as JSON.',
  options: hubOptions,
  positional,
  details: `Noted in the audit log. ${tokenHelp}`,
  async run(parsed, io) {
    const data = await askHub(findHub(parsed, io), { path: dataPath(parsed) }, io)
    io.out(`${JSON.stringify(data, null, 2)}\n`)
    return exitCodes.ok.code
  },
}

async function mayErase(parsed: Parsed, io: Io): Promise<boolean> {
  if (isSet(parsed, 'yes')) return true
  if (!io.interactive) throw new CliError('usage', 'Erasing cannot be undone: say --yes.')
  const answer = await io.ask(`Erase the past of ${parsed.positionals[0]}? It cannot be undone. [y/N] `)
  return /^y(es)?$/i.test(answer.trim())
}

const erasePerson: Command = {
  name: 'person erase',
  summary: 'Erase the past of a person: history and closed writes.',
  options: { ...hubOptions, yes: { type: 'boolean', description: 'Do not ask.' } },
  positional,
  details: `What the systems say now, and writes that may still be there, stay until the person is taken out of the
configuration. Noted in the audit log. ${tokenHelp}`,
  async run(parsed, io) {
    if (!(await mayErase(parsed, io))) {
      io.out('Nothing was erased.\n')
      return exitCodes.ok.code
    }
    const question = { path: dataPath(parsed), method: 'DELETE' } as const
    const { historyRows, closedLedgerRows, stays } = (await askHub(
      findHub(parsed, io),
      question,
      io,
    )) as EraseReport
    io.out(`Erased: ${historyRows} records of history, ${closedLedgerRows} closed writes. ${stays}\n`)
    return exitCodes.ok.code
  },
}

export const personCommands: readonly Command[] = [exportPerson, erasePerson]
