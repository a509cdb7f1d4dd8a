import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Below the data directory. */
const commandTokenFile = 'command-token'

/**
 * A new token at each start, for the command line on this machine: whoever may read the hub's data may ask the hub.
 * Only the hub's own user can read it.
 */
export function writeCommandToken(directory: string): string {
  const token = randomBytes(32).toString('base64url')
  writeFileSync(join(directory, commandTokenFile), `${token}\n`, { mode: 0o600 })
  return token
}

/** Undefined where no hub has run there, or this user may not read it. */
export function readCommandToken(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, commandTokenFile), 'utf8').trim()
  } catch {
    return undefined
  }
}
