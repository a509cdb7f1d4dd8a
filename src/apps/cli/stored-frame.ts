import { readDocument } from '../../config/document.ts'
import { formatProblems } from '../../config/problem.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { VersionBook } from '../../config/version-book.ts'
import type { KeyRingOptions } from '../../secrets/key-ring.ts'
import { KeyFailure } from '../../secrets/key-source.ts'
import { SealFailure } from '../../secrets/sealing.ts'
import { serverOf } from '../../store/open-store.ts'
import { openMemory } from '../../store/postgresql/read-memory.ts'
import { createVault, type StoredOptions } from '../config/hub-configuration.ts'
import { parseStored } from '../config/parse-stored.ts'
import { emptyText } from '../config/stored-config.ts'
import { registry } from '../registry.ts'
import { CliError } from './exit-codes.ts'

/** Of several hubs whose configuration is stored: what the file of this one says, and the keys. */
export function frameOptions(frame: ResolvedConfig, keys: KeyRingOptions): StoredOptions {
  return { fixed: { data: frame.store.path, http: {}, frame }, keys }
}

/** What one of several hubs runs on: its file, and what is in the store they share. @throws CliError */
export async function loadFramed(frame: ResolvedConfig, keys: KeyRingOptions): Promise<ResolvedConfig> {
  const reader = openMemory(serverOf(frame.store))
  try {
    const store = { memory: reader.memory, commit: async () => {} }
    const book = new VersionBook(store)
    await book.load()
    const text = (book.newest && (await book.textOf(book.newest.version))) ?? emptyText
    const vault = createVault(store, { keys, isShared: true }, () => {})
    await vault.open()
    const { fixed } = frameOptions(frame, keys)
    const parsed = parseStored(
      { text, root: readDocument(text).value },
      { registry, fixed, find: (place) => vault.get(place) },
    )
    if ('config' in parsed) return parsed.config
    const problems = formatProblems('stored configuration', parsed.problems)
    throw new CliError('config', `${problems}\nGo back to an earlier version in the portal of another hub.`)
  } catch (error) {
    if (!(error instanceof SealFailure || error instanceof KeyFailure)) throw error
    throw new CliError('config', error.message, { cause: error })
  } finally {
    await reader.close()
  }
}
