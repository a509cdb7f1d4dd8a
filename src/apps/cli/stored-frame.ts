import { resolve as resolvePath } from 'node:path'
import { readDocument } from '../../config/document.ts'
import { readConfigFile } from '../../config/load.ts'
import { formatProblems, readPath } from '../../config/problem.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { salvageConfig } from '../../config/salvage.ts'
import { tenantAt } from '../../config/seal-document.ts'
import { VersionBook } from '../../config/version-book.ts'
import type { Store } from '../../core/ports.ts'
import { presetIndex } from '../../presets/catalog.ts'
import type { KeyRingOptions } from '../../secrets/key-ring.ts'
import { KeyFailure } from '../../secrets/key-source.ts'
import { SealFailure } from '../../secrets/sealing.ts'
import { StoreFailure } from '../../store/failure.ts'
import { serverOf } from '../../store/open-store.ts'
import { openMemory } from '../../store/postgresql/read-memory.ts'
import { createVault, type StoredOptions } from '../config/hub-configuration.ts'
import { parseStored } from '../config/parse-stored.ts'
import { emptyText } from '../config/stored-config.ts'
import { registry } from '../registry.ts'
import { type Io, type Parsed, textOf } from './command.ts'
import { CliError } from './exit-codes.ts'
import { tokenVariable } from './hub-client.ts'
import { loadConfigFile } from './load-config.ts'
import type { LedgerConfig } from './release-stopped.ts'

/** Of several hubs whose configuration is stored: what the file of this one says, and the keys. */
export function frameOptions(frame: ResolvedConfig, keys: KeyRingOptions): StoredOptions {
  return { fixed: { data: frame.store.path, http: {}, frame }, keys }
}

/** The file of one of several hubs whose configuration is in the store they share; undefined of any other. @throws CliError */
export function findFrame(file: string, io: Io): ResolvedConfig | undefined {
  const config = loadConfigFile(file, io)
  return config.cluster?.configuration === 'stored' ? config : undefined
}

/** Whether the file is that of one of several hubs, and where their tenants are, whatever is wrong with the rest of it. */
export function readKind(file: string): 'alone' | 'severalByFile' | 'severalStored' {
  const { value } = readDocument(readConfigFile(file))
  if (readPath(value, ['cluster']) === undefined) return 'alone'
  return readPath(value, ['cluster', 'configuration']) === 'stored' ? 'severalStored' : 'severalByFile'
}

/** The keys of a hub with a file; `directory` is its data directory. */
export function keysOf(parsed: Parsed, io: Io, directory: string): KeyRingOptions {
  const file = textOf(parsed, 'keys')
  return {
    ...{ directory, env: io.env, cwd: io.cwd },
    ...(file !== undefined && { file: resolvePath(io.cwd, file) }),
  }
}

/** A version as it is written, the newest where none is named; undefined where there is none. Hubs may be running. */
export async function readFramedText(frame: ResolvedConfig, version?: number): Promise<string | undefined> {
  return withStored(frame, async ({ book }) => {
    const wanted = version ?? book.newest?.version
    return wanted === undefined ? emptyText : await book.textOf(wanted)
  })
}

/** What one of several hubs runs on: its file, and what is in the store they share. @throws CliError */
export async function loadFramed(frame: ResolvedConfig, keys: KeyRingOptions): Promise<ResolvedConfig> {
  try {
    return await withStored(frame, async (stored) => {
      const text = await newestOf(stored)
      const vault = createVault(stored.store, { keys, isShared: true }, () => {})
      await vault.open()
      const { fixed } = frameOptions(frame, keys)
      const parsed = parseStored(
        { text, root: readDocument(text).value },
        { registry, fixed, find: (place) => vault.get(place) },
      )
      if ('config' in parsed) return parsed.config
      const problems = formatProblems('stored configuration', parsed.problems)
      throw new CliError('config', `${problems}\nGo back to an earlier version in the portal of another hub.`)
    })
  } catch (error) {
    if (!(error instanceof SealFailure || error instanceof KeyFailure)) throw error
    throw new CliError('config', error.message, { cause: error })
  }
}

/** What a withdrawal needs of what several hubs share, whatever is wrong with the rest of it. Takes no lock. @throws CliError */
export async function salvageFramed(frame: LedgerConfig, keys: KeyRingOptions): Promise<LedgerConfig> {
  try {
    return await withStored(frame, async (stored) => {
      const text = await newestOf(stored)
      const root = readDocument(text).value
      const vault = createVault(stored.store, { keys, isShared: true }, () => {})
      await vault.open({ tolerant: true })
      const file = 'stored configuration'
      const salvage = salvageConfig(text, {
        ...{ file, types: registry, presets: presetIndex, env: {} },
        secret: (name, path) => vault.get({ tenant: tenantAt(root, path), name }),
      })
      const { network } = frame
      const secrets = [...frame.secrets, ...salvage.secrets]
      return { ...salvage, store: frame.store, ...(network && { network }), secrets, file }
    })
  } catch (error) {
    if (error instanceof KeyFailure) throw new CliError('config', error.message, { cause: error })
    if (!(error instanceof StoreFailure)) throw error
    throw new CliError('cannotCreate', `The ledger cannot be opened: ${error.message}`, { cause: error })
  }
}

interface Stored {
  /** Read only. */
  readonly store: Pick<Store, 'memory' | 'commit'>
  readonly book: VersionBook
}

/** What several hubs share, open while `use` reads it; no lock is taken, and hubs may be running. */
async function withStored<T>(
  { store: place }: Pick<LedgerConfig, 'store'>,
  use: (stored: Stored) => Promise<T>,
): Promise<T> {
  const reader = openMemory(serverOf(place))
  try {
    const store = { memory: reader.memory, commit: async () => {} }
    const book = new VersionBook(store)
    await book.load()
    return await use({ store, book })
  } finally {
    await reader.close()
  }
}

/** As the newest version is written. */
async function newestOf({ book }: Stored): Promise<string> {
  return (book.newest && (await book.textOf(book.newest.version))) ?? emptyText
}

/** Why a command does not change what several hubs share by itself, and where it is done. */
export function onlyByHub(done: string): string {
  return `Of several hubs a running one ${done}, since it knows what the others do: name any of them with --url http://HOST:PORT, with an API token with the scope admin in the environment variable ${tokenVariable}.`
}
