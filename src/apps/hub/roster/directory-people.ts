import type { PersonConfig, TenantConfig } from '../../../config/resolved.ts'
import type { DirectoryEntry } from '../../../core/connector.ts'
import type { CoverageNote } from '../../../core/roster-port.ts'
import type { System } from '../../../engine/system.ts'

/** Directories as last read, by connector id; a connector without one has no entry. */
export type Directories = ReadonlyMap<string, readonly DirectoryEntry[]>

/** Somebody whom the collaboration system knows: taken, or left out and why. */
export type DirectoryPerson =
  | { readonly person: PersonConfig }
  | { readonly left: DirectoryEntry & { readonly upn: string }; readonly note: CoverageNote }

/**
 * `people: { from: directory }`: everyone whom the collaboration system knows and at least one phone system too, or whose
 * address there is given by hand.
 */
export function* sortDirectory(
  tenant: TenantConfig,
  systems: readonly System[],
  directories: Directories,
): Generator<DirectoryPerson> {
  const { except = [], addresses = {} } = tenant.directory ?? {}
  const excluded = new Set(except.map((upn) => upn.toLowerCase()))
  const given = new Map(Object.entries(addresses).map(([upn, places]) => [upn.toLowerCase(), places]))
  const mails = mailsOfPhones(systems, directories)
  for (const { id, manifest } of systems) {
    if (manifest.kind !== 'collaboration') continue
    for (const entry of directories.get(id) ?? []) {
      const { upn } = entry
      if (!upn) continue
      const byHand = given.get(upn.toLowerCase())
      const mail = [upn, ...entry.mails, ...entry.aliases].find((one) => mails.has(one.toLowerCase()))
      const note = leaveOut(entry, { isExcluded: excluded.has(upn.toLowerCase()), connector: id })
      if (note) yield { left: { ...entry, upn }, note }
      else if (mail === undefined && !byHand) yield { left: { ...entry, upn }, note: noPhone(upn) }
      else {
        const { displayName: name, aliases } = entry
        const found = { aliases, addresses: byHand ?? {}, sync: true, ...(mail !== undefined && { mail }) }
        yield { person: { upn, ...(name && { name }), ...found } }
      }
    }
  }
}

function mailsOfPhones(systems: readonly System[], directories: Directories): ReadonlySet<string> {
  const mails = new Set<string>()
  for (const { id, manifest } of systems) {
    if (manifest.kind === 'collaboration') continue
    for (const entry of directories.get(id) ?? []) {
      for (const mail of [...entry.mails, ...(entry.upn ? [entry.upn] : [])]) mails.add(mail.toLowerCase())
    }
  }
  return mails
}

interface Standing {
  readonly isExcluded: boolean
  readonly connector: string
}

function leaveOut(
  { guest, enabled }: DirectoryEntry,
  { isExcluded, connector }: Standing,
): CoverageNote | undefined {
  if (isExcluded) {
    const fix = 'take the UPN out of people: except'
    return { kind: 'excluded', reason: 'the configuration leaves them out by name', fix }
  }
  if (guest) {
    return {
      ...{ kind: 'guest', connector },
      reason: `the account in ${connector} is a guest, whose presence belongs to another tenant`,
      fix: 'synchronise them in their home tenant',
    }
  }
  if (enabled === false) {
    return {
      kind: 'disabled',
      connector,
      reason: `the account in ${connector} is disabled`,
      fix: 'enable it',
    }
  }
  return undefined
}

function noPhone(upn: string): CoverageNote {
  return {
    kind: 'alone',
    reason: `no phone system knows ${upn}, nor another mail address of theirs`,
    fix: 'give the extension by hand, or write the mail address to it in the phone system',
  }
}
