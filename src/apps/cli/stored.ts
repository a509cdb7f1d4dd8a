import { resolve as resolvePath } from 'node:path'
import { ownTrips } from '../../access/oidc/round-trips.ts'
import { readDocument } from '../../config/document.ts'
import { formatProblems } from '../../config/problem.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { salvageConfig } from '../../config/salvage.ts'
import { tenantAt } from '../../config/seal-document.ts'
import { VersionBook } from '../../config/version-book.ts'
import { soleRows } from '../../core/shared-rows.ts'
import { Auditor } from '../../history/auditor.ts'
import { systemClock } from '../../observe/clock.ts'
import { presetIndex } from '../../presets/catalog.ts'
import { KeyFailure } from '../../secrets/key-source.ts'
import { SealFailure } from '../../secrets/sealing.ts'
import type { Vault } from '../../secrets/vault.ts'
import { openSqliteStore } from '../../store/sqlite/open.ts'
import { createVault, type StoredOptions } from '../config/hub-configuration.ts'
import { StoredConfig } from '../config/stored-config.ts'
import { registry } from '../registry.ts'
import { type Io, type OptionSpec, type Parsed, textOf } from './command.ts'
import { CliError } from './exit-codes.ts'
import { findHub, type HubAddress } from './hub-client.ts'
import { configOption } from './load-config.ts'
import type { LedgerConfig } from './release-stopped.ts'
import { readStoredHub } from './stored-hub.ts'

export const storedOptions: Readonly<Record<string, OptionSpec>> = {
  data: { type: 'string', value: 'DIR', description: 'The data directory (default: data in this folder).' },
  keys: {
    type: 'string',
    value: 'FILE',
    description:
      'The list of keys, as JSON (default: the environment variable HOOKSWITCH_KEYS, else the key in the data directory).',
  },
}

/** Of commands that take a file where there is one, and else the store. */
export const fileOrStoreOptions: Readonly<Record<string, OptionSpec>> = {
  config: {
    ...configOption,
    description:
      'The configuration (default: hookswitch.yaml in this folder where there is one, else the store).',
  },
  ...storedOptions,
}

export const keysHelp = `The list of keys is JSON: [{"id": "2026", "file": "/etc/hookswitch/2026.key"}, {"id": "2025", "env": "OLD_KEY"}, {"id": "kms", "command": ["print-key", "hookswitch"]}]. The first one seals, all of them open.`

export function dataDirectory(parsed: Parsed, io: Io): string {
  return resolvePath(io.cwd, textOf(parsed, 'data') ?? 'data')
}

export function readStoredOptions(parsed: Parsed, io: Io): StoredOptions {
  const data = dataDirectory(parsed, io)
  const keys = textOf(parsed, 'keys')
  const host = textOf(parsed, 'host')
  return {
    fixed: { data, http: { ...(host !== undefined && { host }), ...readPort(parsed) } },
    keys: {
      ...{ directory: data, env: io.env, cwd: io.cwd },
      ...(keys !== undefined && { file: resolvePath(io.cwd, keys) }),
    },
  }
}

function readPort(parsed: Parsed): { readonly port?: number } {
  const text = textOf(parsed, 'port')
  if (text === undefined) return {}
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return { port }
  throw new CliError('usage', `--port ${text} is not a port: a number from 0 to 65535.`)
}

export interface OpenStored {
  readonly stored: StoredConfig
  readonly vault: Vault
}

/** Works on the store of a hub that is stopped. @throws CliError, also for keys and secrets that do not open. */
export async function withStored<Result>(
  options: StoredOptions,
  io: Io,
  work: (open: OpenStored) => Promise<Result>,
): Promise<Result> {
  const clock = systemClock()
  const store = await openSqliteStore({ path: options.fixed.data, clock }).catch((error: Error) => {
    throw new CliError('cannotCreate', error.message, { cause: error })
  })
  try {
    const vault = createVault(store, { keys: options.keys }, (text) => io.err(`${text}\n`))
    const auditor = new Auditor({ store, clock, nextId: () => crypto.randomUUID() })
    const stored = new StoredConfig({
      ...{ registry, clock, vault, fetch, fixed: options.fixed, rows: soleRows(store) },
      log: { error: (text) => io.err(`${text}\n`) },
      book: new VersionBook(store),
      trips: ownTrips(clock),
      archive: store,
      note: (entry) => auditor.note(entry),
      apply: async ({ tenants }) => ({
        ...{ added: [], removed: [], afterRestart: [] },
        changed: tenants.map(({ id }) => id),
      }),
      trial: async () => [],
    })
    return await work({ stored, vault })
  } catch (error) {
    if (!(error instanceof SealFailure || error instanceof KeyFailure)) throw error
    throw new CliError('config', error.message, { cause: error })
  } finally {
    await store.close()
  }
}

/** What a hub without a configuration file runs on. @throws CliError */
export function loadStored(options: StoredOptions, io: Io): Promise<ResolvedConfig> {
  return withStored(options, io, async ({ stored }) => {
    const parsed = await stored.open()
    if ('config' in parsed) return parsed.config
    const problems = formatProblems('stored configuration', parsed.problems)
    throw new CliError(
      'config',
      `${problems}\nRead it with "hookswitch config export", correct it, and put it back with "hookswitch config import FILE".`,
    )
  })
}

/** What a withdrawal needs of the stored configuration, whatever is wrong with the rest of it, or with some keys. */
export function salvageStored(options: StoredOptions, io: Io): Promise<LedgerConfig> {
  return withStored(options, io, async ({ stored, vault }) => {
    await stored.open({ tolerant: true })
    const { yaml } = stored.read()
    const root = readDocument(yaml).value
    const file = 'stored configuration'
    const salvage = salvageConfig(yaml, {
      ...{ file, types: registry, presets: presetIndex, env: {} },
      secret: (name, path) => vault.get({ tenant: tenantAt(root, path), name }),
    })
    return { ...salvage, store: { ...salvage.store, kind: 'sqlite', path: options.fixed.data }, file }
  })
}

/** The hub to ask: the one named by --url, or whoever has the data directory open; undefined where nobody has. */
export function findStoredHub(parsed: Parsed, io: Io): HubAddress | undefined {
  if (textOf(parsed, 'url') !== undefined) return findHub(parsed, io)
  return readStoredHub(dataDirectory(parsed, io))
}
