import type { SiteCode, SiteView } from '../../core/site-port.ts'
import { type Command, isSet, type OptionSpec, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { askHub, findHub, hubOptions, tenantQuery, tokenHelp } from './hub-client.ts'
import { plainLines, utcText } from './terminal-text.ts'

const json: OptionSpec = { type: 'boolean', description: 'The answer of the API as JSON.' }
const { tenant: _, ...whichHub } = hubOptions

function describeSite(site: SiteView): string {
  const { tenant, name, connectors, configured, enrolledAt, link, version, lastHeardAt, skew, detail } = site
  const missing = configured.filter((id) => !connectors.includes(id))
  const parts =
    enrolledAt === undefined
      ? [`not enrolled; the configuration has ${configured.join(', ')} there`]
      : [
          link === 'up' ? 'connected' : 'not connected',
          ...(version === undefined ? [] : [`version ${version}${skew ? ` (${skew} than the hub)` : ''}`]),
          ...(lastHeardAt === undefined ? [] : [`last heard ${utcText(lastHeardAt)} UTC`]),
          `runs ${connectors.join(', ')}`,
          ...(missing.length > 0 ? [`may not run ${missing.join(', ')}: enrol it anew`] : []),
          ...(detail === undefined ? [] : [detail]),
        ]
  return plainLines([`${tenant} ${name}: ${parts.join('; ')}`])
}

const list: Command = {
  name: 'sites list',
  summary: 'Tell which sites there are, and whether they are connected.',
  options: { ...hubOptions, json },
  details: `Ends with 1 where one is not connected or not enrolled. ${tokenHelp}`,
  async run(parsed, io) {
    const path = `/api/v1/sites${tenantQuery(parsed)}`
    const { sites } = (await askHub(findHub(parsed, io), { path }, io)) as {
      readonly sites: readonly SiteView[]
    }
    if (isSet(parsed, 'json')) io.out(`${JSON.stringify(sites, null, 2)}\n`)
    else io.out(sites.length === 0 ? 'There is no site.\n' : sites.map(describeSite).join(''))
    return sites.every(({ link }) => link === 'up') ? exitCodes.ok.code : exitCodes.findings.code
  },
}

function readConnectors(parsed: Parsed): readonly string[] {
  const ids = textOf(parsed, 'connectors')?.split(',').filter(Boolean) ?? []
  if (ids.length > 0) return [...new Set(ids)]
  throw new CliError('usage', 'Say which connectors the site is to run: --connectors ID,ID.')
}

const code: Command = {
  name: 'sites code',
  summary: 'Make a code that enrols a site, once.',
  options: {
    ...whichHub,
    connectors: { type: 'string', value: 'LIST', description: 'Ids of the connectors that it may run.' },
    site: {
      type: 'string',
      value: 'NAME',
      description: 'Its name (default: what "site:" says at those connectors in the configuration).',
    },
    json,
  },
  positional: { name: 'TENANT', description: 'Id of the tenant.', required: true },
  details: `The code works once, for an hour. A site of that name that is enrolled already is replaced. ${tokenHelp}`,
  async run(parsed, io) {
    const name = textOf(parsed, 'site')
    const body = {
      ...{ tenant: parsed.positionals[0]!, connectors: readConnectors(parsed) },
      ...(name !== undefined && { name }),
    }
    const question = { path: '/api/v1/sites/codes', method: 'POST', body } as const
    const made = (await askHub(findHub(parsed, io), question, io)) as SiteCode
    if (isSet(parsed, 'json')) io.out(`${JSON.stringify(made, null, 2)}\n`)
    else
      io.out(
        `${made.code}\nFor the site "${made.name}" of ${made.tenant}: ${made.connectors.join(', ')}. It works once, until ${utcText(made.expiresAt)} UTC.\n`,
      )
    return exitCodes.ok.code
  },
}

const revoke: Command = {
  name: 'sites revoke',
  summary: 'Send a site away for good.',
  options: hubOptions,
  positional: { name: 'NAME', description: 'Of the site.', required: true },
  details: `Needs --tenant. Its connection ends at once. It takes back what it wrote there, as soon as it is told. ${tokenHelp}`,
  async run(parsed, io) {
    const name = parsed.positionals[0]!
    if (textOf(parsed, 'tenant') === undefined)
      throw new CliError('usage', 'Name the tenant with --tenant ID.')
    const path = `/api/v1/sites/${encodeURIComponent(name)}${tenantQuery(parsed)}`
    await askHub(findHub(parsed, io), { path, method: 'DELETE' }, io)
    io.out(`The site "${name}" is revoked.\n`)
    return exitCodes.ok.code
  },
}

export const siteCommands: readonly Command[] = [list, code, revoke]
