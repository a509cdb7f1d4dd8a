import { parseArgs } from 'node:util'
import { suggestFix } from '../../config/suggest.ts'
import { version } from '../version.ts'
import { agent, agentProtocol } from './agent.ts'
import { backupCommands } from './backup.ts'
import { connectorSignIn } from './browser/sign-in.ts'
import { check } from './check.ts'
import { type Command, type Io, type Parsed, parserOptions } from './command.ts'
import { configPage, configSample } from './config.ts'
import { transferCommands } from './config-transfer.ts'
import { connectorPage } from './connectors.ts'
import { demo } from './demo.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { explain } from './explain.ts'
import { commandHelp, generalHelp } from './help.ts'
import { keyCommands } from './keys.ts'
import { lab } from './lab.ts'
import { migrateStore } from './migrate-store.ts'
import { personCommands } from './person.ts'
import { policyCommands } from './policy.ts'
import { presetDiff, presetList, presetPage, presetShow } from './preset.ts'
import { processIo } from './process-io.ts'
import { release } from './release.ts'
import { replay } from './replay.ts'
import { ring } from './ring.ts'
import { serve } from './serve.ts'
import { site } from './site.ts'
import { siteCommands } from './sites.ts'
import { teamsApp } from './teams-app.ts'
import { webhookCommands } from './webhooks.ts'

export const commands: readonly Command[] = [
  serve,
  check,
  explain,
  ring,
  release,
  replay,
  migrateStore,
  ...backupCommands,
  ...policyCommands,
  ...personCommands,
  ...webhookCommands,
  site,
  ...siteCommands,
  configSample,
  configPage,
  ...transferCommands,
  ...keyCommands,
  connectorPage,
  connectorSignIn,
  presetList,
  presetShow,
  presetDiff,
  presetPage,
  teamsApp,
  agentProtocol,
  demo,
  lab,
  agent,
]

/** The command that the words begin with, and the arguments after its name. */
function findCommand(argv: readonly string[]): { command: Command; rest: readonly string[] } {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ')
    const command = commands.find((one) => one.name === name)
    if (command && argv.length >= words) return { command, rest: argv.slice(words) }
  }
  const group = commands.filter(({ name }) => name.startsWith(`${argv[0]} `))
  if (group.length > 0) {
    throw new CliError('usage', `Say which: ${group.map(({ name }) => `hookswitch ${name}`).join(', ')}.`)
  }
  const names = commands.map(({ name }) => name)
  throw new CliError('usage', `There is no command "${argv[0]}". ${suggestFix(argv[0] ?? '', names)}`)
}

function parse(command: Command, rest: readonly string[]): Parsed {
  let parsed: { values: Parsed['values']; positionals: string[] }
  try {
    const result = parseArgs({
      args: [...rest],
      options: parserOptions(command),
      allowPositionals: true,
      strict: true,
    })
    const values = Object.entries(result.values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ])
    parsed = { values: Object.fromEntries(values), positionals: result.positionals }
  } catch (error) {
    const [first] = (error as Error).message.split(/\.(\s|$)/)
    throw new CliError('usage', `${first}. See hookswitch ${command.name} --help.`)
  }
  const { positional } = command
  const most = positional ? (positional.most ?? 1) : 0
  if (parsed.positionals.length > most) {
    throw new CliError(
      'usage',
      `"${parsed.positionals[most]}" is too much. See hookswitch ${command.name} --help.`,
    )
  }
  if (positional?.required && parsed.positionals.length === 0) {
    throw new CliError('usage', `${positional.name} is missing. See hookswitch ${command.name} --help.`)
  }
  return parsed
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [first] = argv
  if (first === undefined) {
    io.err(generalHelp(commands, version))
    return exitCodes.usage.code
  }
  if (first === '--version' || first === '-v') {
    io.out(`${version}\n`)
    return exitCodes.ok.code
  }
  const asksHelp = argv.some((word) => word === '--help' || word === '-h')
  if (first === 'help' || first.startsWith('-')) {
    if (!asksHelp && first !== 'help')
      throw new CliError('usage', `There is no option ${first}. See hookswitch --help.`)
    const named = argv.slice(1).filter((word) => !word.startsWith('-'))
    io.out(named.length > 0 ? commandHelp(findCommand(named).command) : generalHelp(commands, version))
    return exitCodes.ok.code
  }
  const group = commands.some(({ name }) => name.startsWith(`${first} `)) && argv[1]?.startsWith('-')
  if (group && asksHelp) {
    io.out(generalHelp(commands, version))
    return exitCodes.ok.code
  }
  const { command, rest } = findCommand(argv)
  if (asksHelp) {
    io.out(commandHelp(command))
    return exitCodes.ok.code
  }
  return await command.run(parse(command, rest), io)
}

/** Runs one command line; answers its exit code and never throws. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    return await dispatch(argv, io)
  } catch (error) {
    if (error instanceof CliError) {
      io.err(`hookswitch: ${error.message}\n`)
      return exitCodes[error.exit].code
    }
    const trace = io.env.HOOKSWITCH_TRACE
      ? `\n${(error as Error).stack}`
      : ' Set HOOKSWITCH_TRACE=1 to see where.'
    io.err(`hookswitch: unexpected: ${error instanceof Error ? error.message : String(error)}.${trace}\n`)
    return exitCodes.software.code
  }
}
