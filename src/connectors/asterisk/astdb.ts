import { header, own } from './frames.ts'
import { AmiRefusal, type AmiSession } from './session.ts'

/** Undefined when there is no such entry. Throws AmiRefusal (denied), AmiSilence. */
export async function getEntry(
  session: AmiSession,
  family: string,
  key: string,
): Promise<string | undefined> {
  try {
    const [value] = await session.list('DBGet', { Family: family, Key: key }, (item) => [
      own(header(item, 'val') ?? ''),
    ])
    return value
  } catch (error) {
    if (error instanceof AmiRefusal && !error.denied && !error.missing) return undefined
    throw error
  }
}

export async function putEntry(
  session: AmiSession,
  at: { family: string; key: string },
  value: string,
): Promise<void> {
  await session.action('DBPut', { Family: at.family, Key: at.key, Val: value })
}

/** Also when there is no such entry. */
export async function deleteEntry(session: AmiSession, family: string, key: string): Promise<void> {
  try {
    await session.action('DBDel', { Family: family, Key: key })
  } catch (error) {
    if (!(error instanceof AmiRefusal) || error.denied || error.missing) throw error
  }
}

/** All entries of a family by key, without the family's name. Undefined where this Asterisk has no DBGetTree. */
export async function getTree(
  session: AmiSession,
  family: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const prefix = `/${family}/`
    const entries = await session.list('DBGetTree', { Family: family }, (item): [string, string][] => {
      const key = header(item, 'key') ?? ''
      return key.startsWith(prefix) ? [[own(key.slice(prefix.length)), own(header(item, 'val') ?? '')]] : []
    })
    return new Map(entries)
  } catch (error) {
    if (error instanceof AmiRefusal && error.missing) return undefined
    throw error
  }
}
