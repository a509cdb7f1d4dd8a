import { writeFileSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import { type Command, isSet, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import type { LabPlaces } from './lab-config.ts'
import { labSystems } from './lab-systems.ts'

const ports = ['control', 'microsoft', 'ami', 'sip'] as const

function readPort(parsed: Parsed, name: string): number {
  const text = textOf(parsed, name)
  if (text === undefined) return 0
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new CliError('usage', `--${name} ${text} is not a port; it must be a number from 0 to 65535.`)
}

/** Names after `--with`, in the order given. */
export function readSystems(parsed: Parsed): readonly string[] {
  const names = [...new Set((textOf(parsed, 'with') ?? '').split(',').filter(Boolean))]
  const known = Object.keys(labSystems)
  for (const name of names) {
    if (known.includes(name)) continue
    throw new CliError('usage', `--with ${name}: the lab has no such system; it has ${known.join(', ')}.`)
  }
  return names
}

/** Shared by lab and demo. */
export const withOption = {
  type: 'string',
  value: 'NAMES',
  repeatable: true,
  description: `More emulated systems, with commas: ${Object.keys(labSystems).join(', ')}.`,
} as const

const largestTenant = 200_000

function readPeople(parsed: Parsed): number {
  const text = textOf(parsed, 'people')
  if (text === undefined) return 0
  const count = Number(text)
  if (/^\d+$/.test(text) && count <= largestTenant) return count
  throw new CliError('usage', `--people ${text} is not a number from 0 to ${largestTenant}.`)
}

async function runLab(parsed: Parsed, systems: readonly string[]) {
  const [{ startLab }, { sample, sampleTenant }, { amiEmulator }, { startSip }] = await Promise.all([
    import('../../lab/lab.ts'),
    import('../../lab/sample.ts'),
    import('../../lab/asterisk/server.ts'),
    import('../../lab/sip/server.ts'),
  ])
  const count = readPeople(parsed)
  const generate = count > 0 ? { generate: { count, domain: sample.domain } } : {}
  try {
    return await startLab({
      tenants: [{ ...sampleTenant(), ...generate }],
      emulators: {
        ...{ ami: amiEmulator(), sip: startSip },
        ...Object.fromEntries(systems.map((name) => [name, labSystems[name]!.start])),
      },
      ports: Object.fromEntries(ports.map((name) => [name, readPort(parsed, `${name}-port`)])),
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new CliError('cannotCreate', `A port of the lab is taken: ${(error as Error).message}.`, {
      cause: error,
    })
  }
}

async function describePlaces(places: LabPlaces): Promise<string> {
  const [{ labAccounts }, { sample }] = await Promise.all([
    import('./lab-config.ts'),
    import('../../lab/sample.ts'),
  ])
  const { ami, sip } = labAccounts
  const more = Object.entries(places.systems).map(([name, address]) => {
    const { type, ...settings } = labSystems[name]!.connector(address)
    return `  ${name}: connector ${JSON.stringify({ type, ...settings })}\n`
  })
  return `The lab is running. It is for trying things out; it protects nothing.
  Microsoft Graph and Entra ID  ${places.graphUrl}
    tenant ${sample.entraTenantId}, client ${sample.clientId}, secret ${sample.clientSecret}
  Asterisk Manager Interface    ${places.ami}
    user ${ami.username}, secret ${ami.secret}, context ${ami.context}
  SIP, UDP and TCP              ${places.sip}
    domain ${sip.domain}, user ${sip.username}, password ${sip.password}
  Control (docs/lab-api.md)     ${places.controlUrl}/lab/state
${more.join('')}`
}

/** A configuration that is there may be that of a real hub. */
function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST'
    const reason = exists ? 'exists already. Remove it, or name another file' : (error as Error).message
    throw new CliError('cannotCreate', `${file}: ${reason}.`, { cause: error })
  }
}

export const lab: Command = {
  name: 'lab',
  summary: 'Run emulated systems (Microsoft 365, Asterisk, SIP) on loopback.',
  options: {
    'control-port': {
      type: 'string',
      value: 'PORT',
      description: 'Of the control API (default: a free one).',
    },
    'microsoft-port': {
      type: 'string',
      value: 'PORT',
      description: 'Of Graph and Entra (default: a free one).',
    },
    'ami-port': {
      type: 'string',
      value: 'PORT',
      description: 'Of the Asterisk emulator (default: a free one).',
    },
    'sip-port': { type: 'string', value: 'PORT', description: 'Of the SIP emulator (default: a free one).' },
    with: withOption,
    people: {
      type: 'string',
      value: 'COUNT',
      description: 'So many more people in the tenant, without phones.',
    },
    'write-config': {
      type: 'string',
      value: 'FILE',
      description: 'Write a configuration for a hub beside it; a file that is there is kept.',
    },
    json: { type: 'boolean', description: 'Print the addresses as one line of JSON.' },
  },
  details: 'Runs until SIGTERM or SIGINT.',
  async run(parsed, io) {
    const interrupted = io.interrupted()
    const systems = readSystems(parsed)
    const running = await runLab(parsed, systems)
    try {
      const { controlUrl, graphUrl, loginUrl, addresses } = running
      const places = {
        ...{ controlUrl, graphUrl, loginUrl, ami: addresses.ami!, sip: addresses.sip! },
        systems: Object.fromEntries(systems.map((name) => [name, addresses[name]!])),
      }
      const file = textOf(parsed, 'write-config')
      if (file !== undefined) {
        const { labConfig } = await import('./lab-config.ts')
        writeNew(resolvePath(io.cwd, file), labConfig(places, { port: 8080, data: './data' }))
      }
      io.out(isSet(parsed, 'json') ? `${JSON.stringify(places)}\n` : await describePlaces(places))
      await interrupted
    } finally {
      await running.stop()
    }
    return exitCodes.ok.code
  },
}
