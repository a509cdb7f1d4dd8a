import { writeFileSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import type { KeyReport } from '../../core/config-port.ts'
import { generateKey } from '../../secrets/key-file.ts'
import { type Command, type Io, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { askHub, hubOptions } from './hub-client.ts'
import { findStoredHub, keysHelp, readStoredOptions, storedOptions, withStored } from './stored.ts'

const generate: Command = {
  name: 'keys generate',
  summary: 'Make a key for secrets at rest.',
  options: {
    out: { type: 'string', value: 'FILE', description: 'Write it to a new file that only you may read.' },
  },
  details: `32 random bytes in base64. ${keysHelp}`,
  async run(parsed, io) {
    const out = textOf(parsed, 'out')
    const key = `${generateKey()}\n`
    if (out === undefined) {
      io.out(key)
      return exitCodes.ok.code
    }
    const file = resolvePath(io.cwd, out)
    try {
      writeFileSync(file, key, { mode: 0o600, flag: 'wx', flush: true })
    } catch (error) {
      throw new CliError('cannotCreate', `${file} cannot be made (${(error as NodeJS.ErrnoException).code}).`)
    }
    io.out(`The key is in ${file}. Keep a copy elsewhere: what it seals cannot be read without it.\n`)
    return exitCodes.ok.code
  },
}

async function rotateAtHub(parsed: Parsed, io: Io): Promise<KeyReport> {
  const hub = findStoredHub(parsed, io)
  const question = { path: '/api/v1/config/keys/rotate', method: 'POST' } as const
  if (hub) return (await askHub(hub, question, io)) as KeyReport
  return withStored(readStoredOptions(parsed, io), io, async ({ vault }) => {
    await vault.open({ tolerant: true })
    return vault.rotate()
  })
}

const rotate: Command = {
  name: 'keys rotate',
  summary: 'Seal every stored secret under the first key.',
  options: {
    ...storedOptions,
    url: hubOptions.url!,
    site: { type: 'string', value: 'DIR', description: 'The data directory of a site on this machine.' },
  },
  details: `A running hub reads its list of keys again and does it; it has the list that it was started with. With the hub stopped, the list named here counts. With --site it is done at a site, running or not, whose list is in HOOKSWITCH_KEYS. What does not open stays as it is, is told, and ends the command with 1. ${keysHelp}`,
  async run(parsed, io) {
    const site = textOf(parsed, 'site')
    const report =
      site === undefined
        ? await rotateAtHub(parsed, io)
        : await (await import('./rotate-at-site.ts')).rotateAtSite(resolvePath(io.cwd, site), io)
    const counts = Object.entries(report.under).map(([id, count]) => `${count} under "${id}"`)
    const now = counts.length > 0 ? counts.join(', ') : 'there are none'
    io.out(`${report.resealed} secrets were sealed again. Now: ${now}.\n`)
    const remains = Object.keys(report.under).some((id) => id !== report.key)
    return remains ? exitCodes.findings.code : exitCodes.ok.code
  },
}

export const keyCommands: readonly Command[] = [generate, rotate]
