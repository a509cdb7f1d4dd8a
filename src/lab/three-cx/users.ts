import type { Phone, Phones } from '../phones.ts'

/** The five profiles in the data's own words and order; clients call the third one Do Not Disturb. */
export const profileNames = ['Available', 'Away', 'Out of office', 'Custom 1', 'Custom 2'] as const
export type ProfileName = (typeof profileNames)[number]

const silent: ProfileName = 'Out of office'

/** Times of day in the PBX's time zone, `HH:MM:SS`. */
export interface Period {
  readonly DayOfWeek: string
  readonly Start: string
  readonly Stop: string
}

/** What an administrator can set for one user beyond the phone itself. */
export interface Profile {
  profile: ProfileName
  queueStatus: 'LoggedIn' | 'LoggedOut'
  /** Labels given instead of the usual ones. */
  readonly labels: Map<ProfileName, string>
  officeHours: readonly string[]
  hours: { readonly Type: string; readonly Periods: readonly Period[] } | undefined
  teams: boolean
}

export interface User extends Profile {
  /** The key of the API, which is not the extension. */
  readonly id: number
  readonly phone: Phone
}

const firstId = 100

/** The users of the PBX: the lab's phones, each with a profile. Out of office is the phone's do not disturb. */
export class Users {
  readonly #phones: Phones
  readonly #ids = new Map<string, number>()
  readonly #profiles = new Map<string, Profile>()
  readonly #forget: () => void

  constructor(phones: Phones) {
    this.#phones = phones
    this.#forget = phones.on((change) => {
      if (change.type !== 'dnd') return
      const profile = this.#profileOf(change.phone)
      if (change.phone.dnd) profile.profile = silent
      else if (profile.profile === silent) profile.profile = 'Available'
    })
  }

  list(): readonly User[] {
    return this.#phones.list().map((phone) => this.#user(phone))
  }

  byNumber(number: string): User | undefined {
    const phone = this.#phones.phone(number)
    return phone && this.#user(phone)
  }

  byId(id: number): User | undefined {
    return this.list().find((user) => user.id === id)
  }

  /** A profile may be known by its name or by its label. False for a profile that there is not. */
  setProfile(user: User, wanted: string, by: 'phone' | 'pbx'): boolean {
    const name = profileNames.find(
      (each) => each.toLowerCase() === wanted.toLowerCase() || user.labels.get(each) === wanted,
    )
    if (!name) return false
    this.#profileOf(user.phone).profile = name
    this.#phones.setDnd(user.phone.extension, name === silent, by)
    return true
  }

  /** Changes what an administrator has set. */
  change(number: string, change: Partial<Omit<Profile, 'profile' | 'labels'>>): void {
    const phone = this.#phones.phone(number)
    if (phone) Object.assign(this.#profileOf(phone), change)
  }

  stop(): void {
    this.#forget()
  }

  #user(phone: Phone): User {
    const id = this.#ids.get(phone.extension) ?? firstId + this.#ids.size
    this.#ids.set(phone.extension, id)
    return { id, phone, ...this.#profileOf(phone) }
  }

  #profileOf({ extension, dnd }: Phone): Profile {
    const known = this.#profiles.get(extension)
    if (known) return known
    const fresh: Profile = {
      profile: dnd ? silent : 'Available',
      queueStatus: 'LoggedIn',
      labels: new Map(),
      officeHours: [],
      hours: undefined,
      teams: false,
    }
    this.#profiles.set(extension, fresh)
    return fresh
  }
}
