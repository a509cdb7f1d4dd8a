import { readFileSync } from 'node:fs'
import { dirname, resolve as resolvePath } from 'node:path'
import type { ConnectorTypes } from './connector-types.ts'
import { crossCheck } from './cross-check.ts'
import { type ConfigDocument, readDocument } from './document.ts'
import type { PresetIndex } from './preset-index.ts'
import { ConfigError, formatPath, type Path, type Problem, readPath } from './problem.ts'
import { type ReferenceSource, resolveReferences } from './reference.ts'
import { type ResolvedConfig, resolveConfig } from './resolved.ts'
import { configSchema, type HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { collectSecrets } from './secret-values.ts'
import { createSoundness } from './soundness.ts'
import { joinStandIns } from './stand-in.ts'
import { validateConfig } from './validate.ts'

export interface LoadOptions {
  /** Names the file in messages; relative paths inside count from its folder. */
  readonly file: string
  readonly types: ConnectorTypes
  /** Left out, names of presets are not checked. */
  readonly presets?: PresetIndex
  readonly env: Readonly<Record<string, string | undefined>>
  /** Of a stored configuration: its sealed secrets, the only references it may have. It may be without tenants. */
  readonly secret?: ReferenceSource['secret']
}

function place(problem: SchemaProblem, document: ConfigDocument): Problem {
  const line = document.lineOf(problem.path)
  return {
    path: formatPath(problem.path),
    ...(line === undefined ? {} : { line }),
    message: problem.message,
    ...(problem.fix === undefined ? {} : { fix: problem.fix }),
  }
}

/** A file with its references replaced and defaults filled in, and all that is wrong with it. */
export interface Examined {
  readonly document: ConfigDocument
  /** Of the shape of the schema only where nothing is wrong. */
  readonly root: unknown
  /** Faults of one value. */
  readonly faults: readonly SchemaProblem[]
  /** Things that do not fit each other. */
  readonly misfits: readonly SchemaProblem[]
  readonly secrets: readonly string[]
}

/** Resolves and checks what was read. */
export function examine(document: ConfigDocument, options: LoadOptions): Examined {
  const folder = dirname(resolvePath(options.file))
  const references = resolveReferences(document.value ?? {}, {
    ...{ env: options.env, folder },
    ...(options.secret && { secret: options.secret }),
  })
  const root = references.value
  const failed = new Set(references.failures.map(({ path }) => path.join('/')))
  const hasFailed = (path: Path) => failed.has(path.join('/'))
  const origin = {
    sourceOf: document.sourceOf,
    isReference: (path: Path) => references.referenced.has(path.join('/')),
  }
  // What stands in for a missing secret says nothing of its length or form.
  const invalid = validateConfig(root, options.types, origin).filter(
    ({ path }) => !hasFailed(path) && !isEmptyBegin(root, path, options),
  )
  const faults = [...references.failures, ...invalid]
  const misfits = crossCheck(root as HookswitchConfig, {
    types: options.types,
    presets: options.presets,
    sound: createSoundness(faults),
  })
  const secrets = collectSecrets(
    root,
    { ...configSchema },
    { types: options.types, references: references.referenced },
  )
  return { document, root, faults, misfits, secrets }
}

/** A stored configuration begins without tenants, and the file beside it has none. */
function isEmptyBegin(root: unknown, path: Path, { secret }: LoadOptions): boolean {
  if (!secret && readPath(root, ['cluster', 'configuration']) !== 'stored') return false
  const tenants = readPath(root, ['tenants'])
  return path.length === 1 && path[0] === 'tenants' && Array.isArray(tenants) && tenants.length === 0
}

/** In the words and the order of the file. */
export function placeProblems(
  problems: readonly SchemaProblem[],
  document: ConfigDocument,
): readonly Problem[] {
  return problems.map((problem) => place(problem, document)).sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

/**
 * Reads, resolves and checks a configuration.
 * @throws ConfigError with every problem at once.
 */
export function parseConfig(text: string, options: LoadOptions): ResolvedConfig {
  const document = readDocument(text)
  if (document.problems.length > 0) throw new ConfigError(options.file, document.problems)
  const { root, faults, misfits, secrets } = examine(document, options)
  const problems = placeProblems([...faults, ...misfits], document)
  if (problems.length > 0) throw new ConfigError(options.file, problems)
  const config = resolveConfig(root as HookswitchConfig, resolvePath(options.file), secrets)
  return { ...config, tenants: config.tenants.map((tenant) => joinStandIns(tenant, options.types)) }
}

const unreadable: Readonly<Record<string, { readonly message: string; readonly fix: string }>> = {
  ENOENT: {
    message: 'does not exist',
    fix: 'Make one with: hookswitch config sample > hookswitch.yaml; or name yours with --config FILE.',
  },
  EISDIR: { message: 'is a folder', fix: 'Name the file in it.' },
  EACCES: { message: 'may not be read by this user', fix: 'Give the user who runs hookswitch read access.' },
}

/**
 * The text of the file.
 * @throws ConfigError where it cannot be read.
 */
export function readConfigFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const unread = unreadable[code ?? ''] ?? {
      message: `cannot be read (${code})`,
      fix: 'Check the path and the disk.',
    }
    throw new ConfigError(file, [{ path: '', ...unread }])
  }
}

/**
 * Loads `options.file`.
 * @throws ConfigError also where the file cannot be read.
 */
export function loadConfig(options: LoadOptions): ResolvedConfig {
  return parseConfig(readConfigFile(options.file), options)
}
