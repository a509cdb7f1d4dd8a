import { AVAILABLE, AWAY, DO_NOT_DISTURB, isDoNotDisturb, type Presence } from '../../core/presence.ts'
import type { Settings } from './config.ts'

/** The five profiles every user has, in the order of the PBX. */
const profileKinds = ['available', 'away', 'outOfOffice', 'custom1', 'custom2'] as const
export type ProfileKind = (typeof profileKinds)[number]

/** The names in the data, and the labels by which clients and older builds know the same profiles. */
const names: Readonly<Record<ProfileKind, readonly string[]>> = {
  available: ['Available'],
  away: ['Away'],
  outOfOffice: ['Out of office', 'Do not disturb', 'DND'],
  custom1: ['Custom 1', 'Lunch', 'Available2'],
  custom2: ['Custom 2', 'Business trip', 'OutOfOffice2'],
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
const kindByName = new Map(profileKinds.flatMap((kind) => names[kind].map((name) => [plain(name), kind])))

/** One item of a user's ForwardingProfiles. */
export interface ForwardingProfile {
  readonly name: string
  /** What an administrator has written in its place; empty when nothing. */
  readonly label: string
}

/** The profile of this name, in whatever letter case and spacing; undefined for a word that is none of the five. */
export function kindOfName(name: string): ProfileKind | undefined {
  return kindByName.get(plain(name))
}

/**
 * The profile of this name or label in a user's own list. Where an administrator's words stand in the place of the
 * names, the order of the list tells.
 */
export function kindInList(list: readonly ForwardingProfile[], name: string): ProfileKind | undefined {
  const index = list.findIndex((each) => each.name === name || (each.label !== '' && each.label === name))
  const found = list[index]
  if (!found) return undefined
  return kindOfName(found.name) ?? (list.length === profileKinds.length ? profileKinds[index] : undefined)
}

/** The name under which a profile is set: that of the user's own list, else the usual one. */
export function nameOfKind(list: readonly ForwardingProfile[], kind: ProfileKind): string {
  const found = list.find((each) => kindOfName(each.name) === kind)
  const renamed = list.length === profileKinds.length ? list[profileKinds.indexOf(kind)] : undefined
  return found?.name ?? renamed?.name ?? names[kind][0]!
}

const shown = { available: AVAILABLE, away: AWAY, doNotDisturb: DO_NOT_DISTURB } as const

/** Out of office is what clients call Do Not Disturb: it sends calls away. */
export function stateOfKind(kind: ProfileKind, settings: Settings): Presence {
  switch (kind) {
    case 'available':
      return AVAILABLE
    case 'away':
      return AWAY
    case 'outOfOffice':
      return DO_NOT_DISTURB
    case 'custom1':
      return shown[settings.customProfile1]
    case 'custom2':
      return shown[settings.customProfile2]
  }
}

/** The profile that a state is written as. */
export function kindOfState(state: Presence): ProfileKind {
  if (isDoNotDisturb(state)) return 'outOfOffice'
  return state.availability === 'away' ? 'away' : 'available'
}
