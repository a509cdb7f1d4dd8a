import type { DirectoryEntry } from '../../core/connector.ts'
import type { Settings } from './config.ts'
import type { DeviceEntry } from './devices.ts'
import { CstaRefusal } from './refusal.ts'
import type { CstaSession } from './session.ts'

/** What the system lists; undefined where it has no such service or does not let us. Throws CstaSilence. */
export async function listDevices(session: CstaSession): Promise<readonly DeviceEntry[] | undefined> {
  try {
    return await session.devices()
  } catch (error) {
    if (error instanceof CstaRefusal) return undefined
    throw error
  }
}

/** Extensions of the system and of the configuration, which alone knows mail addresses. */
export function directoryOf(
  listed: readonly DeviceEntry[],
  configured: Settings['extensions'],
): readonly DirectoryEntry[] {
  const entries = new Map<string, DirectoryEntry>()
  for (const { number, name, station } of listed) {
    if (station) entries.set(number, entryOf(number, { displayName: name }))
  }
  for (const { extension, mail, displayName, shared } of configured) {
    const name = displayName ?? entries.get(extension)?.displayName
    entries.set(extension, entryOf(extension, { displayName: name, mail, shared }))
  }
  return [...entries.values()]
}

function entryOf(
  address: string,
  about: {
    readonly displayName?: string | undefined
    readonly mail?: string | undefined
    readonly shared?: boolean | undefined
  },
): DirectoryEntry {
  const { displayName, mail, shared } = about
  return {
    address,
    ...(displayName !== undefined && { displayName }),
    mails: mail === undefined ? [] : [mail],
    aliases: [],
    ...(shared && { shared }),
  }
}
