import { readFileSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import type { AgentStatus } from '../../agent-client/client.ts'
import { agentProtocolSchema } from '../../connectors/agent/schema-page.ts'
import { parseBaseUrl } from '../../connectors/kit/base-url.ts'
import { LineAgent } from '../agent-lines.ts'
import { version } from '../version.ts'
import { type Command, type Io, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'

function readToken(parsed: Parsed, io: Io): string {
  const file = textOf(parsed, 'token-file')
  if (file === undefined) throw new CliError('usage', '--token-file is missing. See hookswitch agent --help.')
  let token: string
  try {
    token = readFileSync(resolvePath(io.cwd, file), 'utf8').trim()
  } catch (error) {
    throw new CliError('cannotCreate', `${file}: ${(error as Error).message}.`, { cause: error })
  }
  if (token === '') throw new CliError('usage', `${file} is empty; it must hold the token of the agent.`)
  return token
}

function readUrl(parsed: Parsed): string {
  const url = textOf(parsed, 'url')
  if (url === undefined) throw new CliError('usage', '--url is missing. See hookswitch agent --help.')
  try {
    return parseBaseUrl(url, '--url')
  } catch (error) {
    const { message, fix } = error as Error & { fix?: string }
    throw new CliError('usage', [message, fix].filter(Boolean).join(' '), { cause: error })
  }
}

/** The end of a command that the hub has sent away. */
function describeRefusal({ code, reason }: Extract<AgentStatus, { state: 'refused' }>): CliError {
  const exit = code === 'unauthorized' || code === 'scope' ? 'noPermission' : 'unavailable'
  return new CliError(exit, `The hub refused the agent: ${reason}.`)
}

export const agent: Command = {
  name: 'agent',
  summary: 'Connect a program to a hub: JSON lines on standard input, publications on standard output.',
  options: {
    url: { type: 'string', value: 'URL', description: 'The callback address of the connector at the hub.' },
    name: { type: 'string', value: 'NAME', description: 'Of the agent in the configuration of the hub.' },
    'token-file': { type: 'string', value: 'FILE', description: 'Holds the token of the agent.' },
    addresses: {
      type: 'string',
      value: 'LIST',
      description: 'Those it speaks for, with commas (default: all that it may).',
    },
  },
  details:
    'The lines are those of docs/guide/agent-protocol.md, without numbers. Ends with the input, in order; ends by itself only when the hub refuses it.',
  async run(parsed, io) {
    const name = textOf(parsed, 'name')
    if (name === undefined) throw new CliError('usage', '--name is missing. See hookswitch agent --help.')
    const addresses = textOf(parsed, 'addresses')?.split(',').filter(Boolean)
    const refusal = Promise.withResolvers<CliError>()
    const lines = new LineAgent({
      options: {
        ...{ url: readUrl(parsed), agent: name, token: readToken(parsed, io) },
        ...{ program: `hookswitch agent ${version}`, ...(addresses && { addresses }) },
      },
      print: (line) => io.out(`${JSON.stringify(line)}\n`),
      status: (status) => {
        if (status.state === 'refused') refusal.resolve(describeRefusal(status))
      },
    })
    const input = io.lines?.()[Symbol.asyncIterator]()
    const read = async () => {
      for (let next = await input?.next(); next && !next.done; next = await input?.next())
        lines.heard(next.value)
    }
    lines.client.start()
    const end = await Promise.race([read(), io.interrupted(), refusal.promise])
    lines.client.stop()
    // An input that is still open would keep the process.
    await input?.return?.()
    if (end instanceof CliError) throw end
    return exitCodes.ok.code
  },
}

export const agentProtocol: Command = {
  name: 'agent-protocol schema',
  summary: 'Print the JSON Schema of the agent protocol (docs/agent-protocol.schema.json).',
  options: {},
  async run(_parsed, io) {
    io.out(agentProtocolSchema())
    return exitCodes.ok.code
  },
}
