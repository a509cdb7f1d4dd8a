import { suggestFix } from '../../config/suggest.ts'
import { presets } from '../../presets/catalog.ts'
import { describeDirection, describePreset, presetDocs } from '../../presets/page.ts'
import type { Direction } from '../../presets/preset.ts'
import { linkEnds } from '../hub/policy.ts'
import { registry } from '../registry.ts'
import type { Command } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { configFile, configOption, loadConfigFile } from './load-config.ts'
import { diffLink } from './preset-diff.ts'

function listPresets(): string {
  return Object.values(presets)
    .map(({ id, title, directions }) => {
      const covered = (Object.keys(directions) as Direction[]).map(describeDirection)
      return `${id.padEnd(16)}${title}\n${' '.repeat(16)}${covered.join(', ')}\n`
    })
    .join('')
}

export const presetList: Command = {
  name: 'preset list',
  summary: 'List the presets and the directions each has a table for.',
  options: {},
  async run(_parsed, io) {
    io.out(listPresets())
    return exitCodes.ok.code
  },
}

export const presetShow: Command = {
  name: 'preset show',
  summary: 'Show the tables, filters and switches of a preset, with their source.',
  options: {},
  positional: { name: 'ID', description: 'A preset, as `preset list` names it.', required: true },
  async run(parsed, io) {
    const id = parsed.positionals[0]!
    const preset = Object.hasOwn(presets, id) ? presets[id] : undefined
    if (!preset) throw unknownPreset(id)
    io.out(`${describePreset(preset)}\n`)
    return exitCodes.ok.code
  },
}

export const presetDiff: Command = {
  name: 'preset diff',
  summary: 'Compare the links of a configuration with their presets, row by row.',
  options: { config: configOption },
  positional: {
    name: 'LINK|ID',
    description:
      'One link, as from:to (phones:teams), or a preset to compare every link with that it has a table for. Left out: every link with its own preset.',
    required: false,
  },
  details: `Lines that begin with - are the preset's, with + the link's. The last line says how to restore the preset: what is
removed from the link is taken from its preset again.`,
  async run(parsed, io) {
    const config = loadConfigFile(configFile(parsed, io), io)
    const [wanted] = parsed.positionals
    const lines: string[] = []
    for (const tenant of config.tenants) {
      const ends = linkEnds(tenant, registry)
      for (const link of tenant.links) {
        const isNamed = wanted === `${link.from}:${link.to}` || wanted === `${link.from} to ${link.to}`
        const against = wanted !== undefined && Object.hasOwn(presets, wanted) ? wanted : undefined
        if (wanted === undefined || isNamed || against !== undefined) {
          lines.push(...diffLink(link, tenant, { ends, against }))
        }
      }
    }
    if (lines.length === 0 && wanted !== undefined && !Object.hasOwn(presets, wanted)) {
      const links = config.tenants.flatMap((tenant) => tenant.links.map(({ from, to }) => `${from}:${to}`))
      throw new CliError(
        'usage',
        `There is no link or preset "${wanted}". ${suggestFix(wanted, [...links, ...Object.keys(presets)])}`,
      )
    }
    io.out(lines.length === 0 ? 'There are no links.\n' : lines.map((line) => `${line}\n`).join(''))
    return exitCodes.ok.code
  },
}

export const presetPage: Command = {
  name: 'preset docs',
  summary: 'Print the description of every preset (docs/presets.md).',
  options: {},
  async run(_parsed, io) {
    io.out(presetDocs(Object.values(presets)))
    return exitCodes.ok.code
  },
}

function unknownPreset(id: string): CliError {
  return new CliError('usage', `There is no preset "${id}". ${suggestFix(id, Object.keys(presets))}`)
}
