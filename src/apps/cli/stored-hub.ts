import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { directoryOwner } from '../../store/sqlite/directory-lock.ts'
import { readCommandToken } from '../hub/command-token.ts'
import { CliError } from './exit-codes.ts'

/** Below the data directory: where the hub that has it open answers. */
const addressFile = 'command-address'

export function noteAddress(directory: string, url: string): void {
  writeFileSync(join(directory, addressFile), `${url}\n`, { mode: 0o600 })
}

/** Where the hub that has this data directory open answers, and its token; undefined where nobody has it open. */
export function readStoredHub(
  directory: string,
): { readonly url: string; readonly token: string | undefined } | undefined {
  if (!existsSync(directory)) {
    throw new CliError('noInput', `There is no data directory ${directory}. Name it with --data.`)
  }
  if (!directoryOwner(directory)) return undefined
  try {
    const url = readFileSync(join(directory, addressFile), 'utf8').trim()
    return { url, token: readCommandToken(directory) }
  } catch {
    throw new CliError(
      'unavailable',
      `A hub that takes its configuration from a file has ${directory} open. Stop it, or name it with --url.`,
    )
  }
}
