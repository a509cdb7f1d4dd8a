import { type Phone, PhoneError, type Phones } from '../phones.ts'
import { webexId } from './ids.ts'
import type { WebexSettings } from './settings.ts'

/** What the Webex app shows of somebody (enum `status` of the People API), apart from calls and do not disturb. */
export const appStatuses = [
  'active',
  'inactive',
  'meeting',
  'presenting',
  'OutOfOffice',
  'pending',
  'unknown',
] as const

export const orgId = webexId('ORGANIZATION', 'lab')

interface More {
  ringSplashEnabled: boolean
  webexGoOverrideEnabled: boolean
  /** Empty for somebody who does not share it. */
  status: string
}

/** The people of the organization: one for every phone of the lab. */
export class Accounts {
  readonly #phones: Phones
  readonly #settings: Pick<WebexSettings, 'callingLicence' | 'dndSynchronized'>
  readonly #more = new Map<string, More>()

  constructor(phones: Phones, settings: Pick<WebexSettings, 'callingLicence' | 'dndSynchronized'>) {
    this.#phones = phones
    this.#settings = settings
  }

  idOf(extension: string): string {
    return webexId('PEOPLE', `person-${extension}`)
  }

  find(personId: string): Phone | undefined {
    return this.#phones.list().find(({ extension }) => this.idOf(extension) === personId)
  }

  more(extension: string): More {
    const known = this.#more.get(extension)
    if (known) return known
    const made: More = { ringSplashEnabled: false, webexGoOverrideEnabled: false, status: 'active' }
    this.#more.set(extension, made)
    return made
  }

  /** What the app shows; any word, so that a state Webex may add can be tried. */
  setStatus(extension: string, status: string): void {
    if (!this.#phones.phone(extension)) throw new PhoneError('unknown', `Nobody has ${extension}.`)
    this.more(extension).status = status
  }

  /** Do not disturb stands above meetings, those above calls (help.webex.com gmayjg). */
  shownStatus({ extension, dnd }: Phone): string {
    const { status } = this.more(extension)
    if (dnd && this.#settings.dndSynchronized) return 'DoNotDisturb'
    const above = ['OutOfOffice', 'presenting', 'meeting'].includes(status)
    if (above) return status
    return this.#phones.legs(extension).length > 0 ? 'call' : status
  }

  /** As the People API tells a person, with `callingData` and without. */
  describe(phone: Phone, { calling, status }: { readonly calling: boolean; readonly status: boolean }) {
    const { extension, displayName, mail } = phone
    const [firstName = '', ...rest] = displayName.split(' ')
    const taken = this.#phones.list().find((other) => other.mail === mail)
    const own = mail !== undefined && taken?.extension === extension
    const withCalling = calling && this.#settings.callingLicence
    return {
      id: this.idOf(extension),
      emails: [own ? mail : `phone-${extension}@lab.example`],
      ...(withCalling && {
        phoneNumbers: [{ type: 'work_extension', value: `88${extension}`, primary: false }],
        extension,
        locationId: 'Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OL2xhYg',
      }),
      ...{ displayName, firstName, lastName: rest.join(' '), orgId },
      ...(status && this.shownStatus(phone) !== '' && { status: this.shownStatus(phone) }),
      ...{ invitePending: 'false', loginEnabled: 'true', type: 'person' },
    }
  }
}
