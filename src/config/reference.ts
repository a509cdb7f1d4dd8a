// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written in the file
import { readFileSync } from 'node:fs'
import { isAbsolute, resolve as resolvePath } from 'node:path'
import type { Path } from './problem.ts'

/** Where references are looked up. */
export interface ReferenceSource {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative file names count from here: the folder of the configuration file. */
  readonly folder: string
  /**
   * The sealed secret of that name at that place; undefined where there is none. Only a stored configuration has it, and
   * then no other kind of reference: whoever may write there must not read files or the environment of the hub.
   */
  readonly secret?: (name: string, path: Path) => string | undefined
}

export interface ReferenceResult {
  /** The same data with every reference replaced. */
  readonly value: unknown
  /** Places that held a reference, by their path joined with a slash, and the name each one referred to. */
  readonly referenced: ReadonlyMap<string, { readonly path: Path; readonly name: string }>
  readonly failures: readonly { readonly path: Path; readonly message: string; readonly fix: string }[]
}

const largestFile = 256 * 1024
const pattern = /(\$?)\$\{([^}]*)\}/g

class Unresolved extends Error {
  readonly fix: string
  constructor(message: string, fix: string) {
    super(message)
    this.fix = fix
  }
}

function readEnvironment(name: string, source: ReferenceSource): string {
  const value = source.env[name]
  if (value === undefined) {
    throw new Unresolved(
      `refers to the environment variable ${name}, which is not set`,
      `Set ${name} for the process that runs hookswitch.`,
    )
  }
  if (value === '') {
    throw new Unresolved(
      `refers to the environment variable ${name}, which is empty`,
      `Give ${name} a value.`,
    )
  }
  return value
}

function readSecretFile(name: string, source: ReferenceSource): string {
  const file = isAbsolute(name) ? name : resolvePath(source.folder, name)
  let content: Buffer
  try {
    content = readFileSync(file)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const reason =
      code === 'ENOENT'
        ? 'which does not exist'
        : code === 'EACCES'
          ? 'which this user may not read'
          : `which cannot be read (${code})`
    throw new Unresolved(
      `refers to the file ${file}, ${reason}`,
      'Check the path; a relative one counts from the folder of the configuration file.',
    )
  }
  if (content.length > largestFile) {
    throw new Unresolved(`refers to the file ${file}, which is larger than 256 kB`, 'Check the path.')
  }
  // An editor ends a file with a line break that is no part of the secret.
  const value = content.toString('utf8').replace(/\r?\n$/, '')
  if (value === '') throw new Unresolved(`refers to the file ${file}, which is empty`, 'Fill the file.')
  return value
}

function readSealed(name: string, path: Path, source: ReferenceSource): string {
  const value = source.secret?.(name, path)
  if (value === undefined) {
    throw new Unresolved(`refers to the secret ${name}, which is not kept here`, 'Send the secret itself.')
  }
  return value
}

function readReference(inner: string, path: Path, source: ReferenceSource): string {
  const sealed = /^secret:(.+)$/.exec(inner)?.[1]
  if (source.secret) {
    if (sealed !== undefined) return readSealed(sealed, path, source)
    throw new Unresolved(
      'has a reference of a kind that a stored configuration does not take',
      'Send the value itself (secrets are sealed on arrival); for the characters write "$${".',
    )
  }
  if (sealed !== undefined) {
    throw new Unresolved(
      'refers to a sealed secret, which only a stored configuration can',
      'Write "${env:NAME}" or "${file:PATH}".',
    )
  }
  const [, kind, name] = /^(env|file):(.+)$/.exec(inner) ?? []
  if (kind === 'env' && name !== undefined) return readEnvironment(name, source)
  if (kind === 'file' && name !== undefined) return readSecretFile(name, source)
  throw new Unresolved(
    'has a reference of a kind that is not known',
    'Write "${env:NAME}" or "${file:PATH}"; for the characters themselves write "$${".',
  )
}

/**
 * Replaces `${env:NAME}` and `${file:PATH}`, or `${secret:NAME}`, in every text of the data; `$${` stands for the characters `${`.
 * A reference that cannot be resolved becomes a failure and leaves the text as it was. Values are never reported.
 */
export function resolveReferences(root: unknown, source: ReferenceSource): ReferenceResult {
  const referenced = new Map<string, { path: Path; name: string }>()
  const failures: { path: Path; message: string; fix: string }[] = []

  function replace(text: string, path: Path): string {
    if (!text.includes('${')) return text
    return text.replace(pattern, (whole, doubled: string, inner: string) => {
      if (doubled === '$') return whole.slice(1)
      referenced.set(path.join('/'), { path, name: inner })
      try {
        return readReference(inner, path, source)
      } catch (error) {
        if (!(error instanceof Unresolved)) throw error
        failures.push({ path, message: error.message, fix: error.fix })
        return whole
      }
    })
  }

  function walk(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return replace(value, path)
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]))
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]))
    }
    return value
  }

  return { value: walk(root, []), referenced, failures }
}
