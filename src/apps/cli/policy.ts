import type { PoliciesView } from '../../core/history-port.ts'
import { diffPolicies } from '../../history/policy-diff.ts'
import { type Command, type Io, isSet, type OptionSpec, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { askHub, findHub, hubOptions, tenantQuery, tokenHelp } from './hub-client.ts'
import { plainLines } from './terminal-text.ts'

const comment: OptionSpec = { type: 'string', value: 'TEXT', description: 'Why, for whoever reads it later.' }
const author: OptionSpec = {
  type: 'string',
  value: 'NAME',
  description: 'Who does it (default: the user of the operating system).',
}
const json: OptionSpec = { type: 'boolean', description: 'The answer of the API as JSON.' }

function formatPolicies({ tenant, inForce, pinned, versions }: PoliciesView): string {
  const lines = versions.toReversed().map(({ version, at, author: by, comment: why, links }) => {
    const mark = version === inForce ? (pinned ? ' (in force, pinned)' : ' (in force)') : ''
    const reason = why === '' ? '' : `: ${why}`
    return `  ${version}${mark}, ${new Date(at).toISOString().slice(0, 19)}Z, by ${by}, ${links} links${reason}`
  })
  const note = pinned ? [`  pinned by ${pinned.author}: ${pinned.comment}`] : []
  return plainLines([`Tenant ${tenant}`, ...note, ...lines])
}

function numberOf(text: string | undefined): number {
  if (text !== undefined && /^[1-9]\d{0,8}$/.test(text)) return Number(text)
  const what = text === undefined ? 'The number of a version is missing' : `"${text}" is no version`
  throw new CliError('usage', `${what}: hookswitch policy list shows the numbers.`)
}

async function readVersion(version: number, parsed: Parsed, io: Io): Promise<unknown> {
  return await askHub(findHub(parsed, io), { path: `/api/v1/policies/${version}${tenantQuery(parsed)}` }, io)
}

async function change(what: 'rollback' | 'unpin', parsed: Parsed, io: Io): Promise<number> {
  const tenant = textOf(parsed, 'tenant')
  const body = {
    ...(tenant !== undefined && { tenant }),
    ...(what === 'rollback' && { version: numberOf(parsed.positionals[0]) }),
    comment: textOf(parsed, 'comment') ?? '',
  }
  if (what === 'rollback' && body.comment === '') throw new CliError('usage', 'Say why with --comment TEXT.')
  const path = `/api/v1/policies/${what}`
  const user = textOf(parsed, 'author')
  const view = await askHub(findHub(parsed, io), { path, method: 'POST', body, ...(user && { user }) }, io)
  io.out(formatPolicies(view as PoliciesView))
  return exitCodes.ok.code
}

const list: Command = {
  name: 'policy list',
  summary: 'List the versions of the rules, and which are in force.',
  options: { ...hubOptions, json },
  details: tokenHelp,
  async run(parsed, io) {
    const path = `/api/v1/policies${tenantQuery(parsed)}`
    const { policies } = (await askHub(findHub(parsed, io), { path }, io)) as {
      policies: readonly PoliciesView[]
    }
    io.out(
      isSet(parsed, 'json')
        ? `${JSON.stringify(policies, null, 2)}\n`
        : policies.map(formatPolicies).join('\n'),
    )
    return exitCodes.ok.code
  },
}

const show: Command = {
  name: 'policy show',
  summary: 'Print the rules of one version as JSON.',
  options: hubOptions,
  positional: { name: 'N', description: 'The number of the version.', required: true },
  details: tokenHelp,
  async run(parsed, io) {
    io.out(`${JSON.stringify(await readVersion(numberOf(parsed.positionals[0]), parsed, io), null, 2)}\n`)
    return exitCodes.ok.code
  },
}

const diff: Command = {
  name: 'policy diff',
  summary: 'Tell what differs between two versions of the rules.',
  options: { ...hubOptions, json },
  positional: { name: 'N M', description: 'The numbers of the two versions.', required: true, most: 2 },
  details: tokenHelp,
  async run(parsed, io) {
    const [was, is] = parsed.positionals
    const bodies: string[] = []
    for (const version of [numberOf(was), numberOf(is)]) {
      bodies.push(JSON.stringify(await readVersion(version, parsed, io)))
    }
    const differences = diffPolicies(bodies[0]!, bodies[1]!)
    if (isSet(parsed, 'json')) io.out(`${JSON.stringify(differences, null, 2)}\n`)
    else if (differences.length === 0) io.out('No difference.\n')
    else
      io.out(
        plainLines(
          differences.map(({ path, was: a, is: b }) => `${path}: ${a ?? 'nothing'} -> ${b ?? 'nothing'}`),
        ),
      )
    return exitCodes.ok.code
  },
}

const rollback: Command = {
  name: 'policy rollback',
  summary: 'Put an earlier version of the rules in force.',
  options: { ...hubOptions, comment, author },
  positional: { name: 'N', description: 'The number of the version.', required: true },
  details: `It stays in force, over restarts and changes of the configuration, until "hookswitch policy unpin". ${tokenHelp}`,
  run: (parsed, io) => change('rollback', parsed, io),
}

const unpin: Command = {
  name: 'policy unpin',
  summary: 'Back to the rules of the configuration after a rollback.',
  options: { ...hubOptions, comment, author },
  details: tokenHelp,
  run: (parsed, io) => change('unpin', parsed, io),
}

export const policyCommands: readonly Command[] = [list, show, diff, rollback, unpin]
