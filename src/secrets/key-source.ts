import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve as resolvePath } from 'node:path'
import { promisify } from 'node:util'
import type { SealingKey } from './sealing.ts'

/** Where one key comes from: exactly one of `file`, `env` and `command`. */
export interface KeySource {
  /** Letters, digits, `.`, `_`, `-`; at most 63. Stands in every value that the key seals. */
  readonly id: string
  /** A file that holds the key; a relative one counts from `folder`. */
  readonly file?: string
  /** Name of an environment variable. */
  readonly env?: string
  /** Program and arguments; prints the key on standard output. No shell. */
  readonly command?: readonly string[]
}

export interface KeySurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly folder: string
  /** How long a command may take, milliseconds; 10,000 where it is left out. */
  readonly patienceMs?: number
}

/** A key cannot be had. Names the key and its source, never what was read. */
export class KeyFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'KeyFailure'
  }
}

const keyBytes = 32
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/
const run = promisify(execFile)

/** The 32 bytes of a key written as 64 hexadecimal digits, base64 or base64url; undefined for anything else. */
export function parseKey(text: string): Uint8Array | undefined {
  const word = text.trim()
  if (/^[0-9a-f]{64}$/i.test(word)) return Buffer.from(word, 'hex')
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(word)) return undefined
  const bytes = Buffer.from(word, 'base64')
  return bytes.length === keyBytes ? bytes : undefined
}

/**
 * The list of keys as written in JSON: `[{"id": "2026", "file": "/etc/hookswitch/2026.key"}]`.
 * @throws KeyFailure
 */
export function checkKeySources(written: unknown, from: string): readonly KeySource[] {
  if (!Array.isArray(written) || written.length === 0) {
    throw new KeyFailure(`${from} must hold a list of keys: [{"id": "2026", "file": "/path/to/key"}].`)
  }
  const sources = written.map((one, index) => checkSource(one, `${from}: key ${index + 1}`))
  const twice = sources.find(({ id }, index) => sources.findIndex((other) => other.id === id) !== index)
  if (twice) throw new KeyFailure(`${from} has two keys with the id "${twice.id}". Give each its own.`)
  return sources
}

function checkSource(written: unknown, where: string): KeySource {
  const { id, file, env, command, ...others } = (written ?? {}) as Record<string, unknown>
  if (typeof id !== 'string' || !idPattern.test(id)) {
    throw new KeyFailure(`${where} needs an id of letters, digits, ".", "_" and "-".`)
  }
  const [other] = Object.keys(others)
  if (other !== undefined) {
    throw new KeyFailure(`${where} ("${id}") has an unknown member; known are id, file, env, command.`)
  }
  const given = [file, env, command].filter((source) => source !== undefined)
  const isText = (text: unknown) => typeof text === 'string' && text !== ''
  const isSound =
    isText(file) || isText(env) || (Array.isArray(command) && command.length > 0 && command.every(isText))
  if (given.length !== 1 || !isSound) {
    throw new KeyFailure(
      `${where} ("${id}") needs exactly one of file (a path), env (a name) and command (a list of program and arguments).`,
    )
  }
  return written as KeySource
}

/** @throws KeyFailure */
export function readKeys(
  sources: readonly KeySource[],
  around: KeySurroundings,
): Promise<readonly SealingKey[]> {
  return Promise.all(sources.map((source) => readKey(source, around)))
}

async function readKey(source: KeySource, around: KeySurroundings): Promise<SealingKey> {
  const { from, text } = await readSource(source, around)
  const bytes = parseKey(text)
  if (!bytes) {
    throw new KeyFailure(
      `The key "${source.id}" (${from}) is not a key: 32 bytes in base64 or 64 hexadecimal digits are wanted. Make one with: hookswitch keys generate`,
    )
  }
  return { id: source.id, bytes }
}

async function readSource(
  { id, file, env, command }: KeySource,
  { env: variables, folder, patienceMs = 10_000 }: KeySurroundings,
): Promise<{ readonly from: string; readonly text: string }> {
  if (env !== undefined) {
    const text = variables[env]
    if (text === undefined || text === '') {
      throw new KeyFailure(
        `The key "${id}" is to come from the environment variable ${env}, which is not set.`,
      )
    }
    return { from: `environment variable ${env}`, text }
  }
  if (file !== undefined) {
    const path = resolvePath(folder, file)
    try {
      return { from: path, text: await readFile(path, 'utf8') }
    } catch (error) {
      throw new KeyFailure(
        `The key "${id}" is to come from the file ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      )
    }
  }
  const [program = '', ...args] = command ?? []
  try {
    const { stdout } = await run(program, args, { timeout: patienceMs, maxBuffer: 64 * 1024, cwd: folder })
    return { from: `command ${program}`, text: stdout }
  } catch (error) {
    throw new KeyFailure(
      `The key "${id}" is to come from the command ${program}, which ${describeEnd(error, patienceMs)}.`,
    )
  }
}

/** What the program printed is left out: it may be a part of the key. */
function describeEnd(error: unknown, patienceMs: number): string {
  const { code, killed } = error as { code?: string | number; killed?: boolean }
  if (killed) return `did not end within ${patienceMs / 1000} s`
  return typeof code === 'number'
    ? `ended with ${code}`
    : `cannot be run (${code ?? 'it was ended by a signal'})`
}
