import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readKeyFile } from './key-file.ts'
import { checkKeySources, KeyFailure, type KeySource, readKeys } from './key-source.ts'
import type { SealingKey } from './sealing.ts'

/** The list itself, as JSON, for who has no file to put it in. */
const keysVariable = 'HOOKSWITCH_KEYS'

export interface KeyRingOptions {
  /** The data directory. */
  readonly directory: string
  /** File with the list of keys, absolute. */
  readonly file?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative paths in the environment's list count from here. */
  readonly cwd: string
}

/**
 * The keys as they are now: those of the list, then that of the data directory, which still opens what it sealed before
 * there was a list. Empty where none was ever made.
 * @throws KeyFailure
 */
export async function readKeyRing(options: KeyRingOptions): Promise<readonly SealingKey[]> {
  const { directory, env, cwd } = options
  const listed = await readList(options)
  const configured = listed ? await readKeys(listed.sources, { env, folder: listed.folder ?? cwd }) : []
  const own = readKeyFile(directory)
  return own ? [...configured, own] : configured
}

async function readList({
  file,
  env,
}: KeyRingOptions): Promise<{ sources: readonly KeySource[]; folder?: string } | undefined> {
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new KeyFailure(`The list of keys ${file} cannot be read (${error.code}).`)
    })
    return { sources: parseList(text, file), folder: dirname(file) }
  }
  const text = env[keysVariable]
  return text === undefined || text === '' ? undefined : { sources: parseList(text, keysVariable) }
}

function parseList(text: string, from: string): readonly KeySource[] {
  let written: unknown
  try {
    written = JSON.parse(text)
  } catch {
    throw new KeyFailure(`${from} is not valid JSON. Write a list: [{"id": "2026", "file": "/path/to/key"}].`)
  }
  return checkKeySources(written, from)
}
