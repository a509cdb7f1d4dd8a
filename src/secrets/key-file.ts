import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KeyFailure, parseKey } from './key-source.ts'
import type { SealingKey } from './sealing.ts'

/** Below the data directory, where no key is configured. */
export const keyFileName = 'secret.key'

/** 32 random bytes, in base64. */
export function generateKey(): string {
  return randomBytes(32).toString('base64')
}

/** The key of the data directory is called by what it is: another file there is another id. */
function nameKey(bytes: Uint8Array): SealingKey {
  const id = `file-${createHash('sha256').update('hookswitch key id').update(bytes).digest('hex').slice(0, 8)}`
  return { id, bytes }
}

/**
 * The key in the data directory. Undefined where there is none.
 * @throws KeyFailure where it cannot be read or is no key.
 */
export function readKeyFile(directory: string): SealingKey | undefined {
  const path = join(directory, keyFileName)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new KeyFailure(`The key file ${path} cannot be read (${code}).`)
  }
  const bytes = parseKey(text)
  if (!bytes)
    throw new KeyFailure(`The key file ${path} holds no key. Put the copy back that you keep of it.`)
  return nameKey(bytes)
}

/** Makes the key of a data directory, for its owner only; never over one that is there. */
export function makeKeyFile(directory: string): SealingKey {
  const text = generateKey()
  writeFileSync(join(directory, keyFileName), `${text}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return nameKey(Buffer.from(text, 'base64'))
}
