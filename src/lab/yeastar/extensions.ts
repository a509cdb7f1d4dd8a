import type { Phone, Phones } from '../phones.ts'

/** Presences of an extension (developer guide, `extension/list`). */
export const presenceWords = [
  'available',
  'away',
  'business_trip',
  'do_not_disturb',
  'lunch',
  'off_work',
] as const
export type PresenceWord = (typeof presenceWords)[number]

const silent: PresenceWord = 'do_not_disturb'
const firstId = 50

/** The extensions of the PBX: the lab's phones, each with a presence, of which one is the phone's do not disturb. */
export class Extensions {
  readonly #phones: Phones
  readonly #ids = new Map<string, number>()
  readonly #presences = new Map<string, string>()
  readonly #listeners = new Set<(extension: string) => void>()
  readonly #forget: () => void

  constructor(phones: Phones) {
    this.#phones = phones
    this.#forget = phones.on((change) => {
      if (change.type !== 'dnd') return
      const { extension, dnd } = change.phone
      if (dnd) this.#set(extension, silent)
      else if (this.presence(extension) === silent) this.#set(extension, 'available')
    })
  }

  /** Told after a presence has changed. */
  on(listener: (extension: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  list(): readonly Phone[] {
    return this.#phones.list()
  }

  byId(id: unknown): Phone | undefined {
    return this.list().find(({ extension }) => this.#idOf(extension) === id)
  }

  presence(extension: string): string {
    const dnd = this.#phones.phone(extension)?.dnd
    return this.#presences.get(extension) ?? (dnd ? silent : 'available')
  }

  /** A word beyond the six is what a later version might send. */
  setPresence(extension: string, word: string, by: 'phone' | 'pbx' = 'phone'): void {
    this.#set(extension, word)
    this.#phones.setDnd(extension, word === silent, by)
  }

  /** As the list of extensions tells it. */
  describe({ extension, displayName, mail, registered }: Phone) {
    const offline = (kind: string) => ({ status: 0, ext_dev_type: kind })
    return {
      id: this.#idOf(extension),
      online_status: {
        sip_phone: {
          ...offline('sip'),
          ...(registered && { status_list: [{ status: 1, ip: '127.0.0.1', ext_dev_type: 'sip' }] }),
        },
        linkus_desktop: offline('linkusdesktop'),
        linkus_mobile: offline('linkusmobile'),
        linkus_web: offline('linkusweb'),
      },
      presence_status: this.presence(extension),
      custom_presence_status: '',
      number: extension,
      caller_id_name: displayName,
      role_name: 'Employee',
      email_addr: mail ?? '',
      mobile_number: '',
    }
  }

  stop(): void {
    this.#forget()
  }

  #idOf(extension: string): number {
    const id = this.#ids.get(extension) ?? firstId + this.#ids.size
    this.#ids.set(extension, id)
    return id
  }

  #set(extension: string, word: string): void {
    if (this.presence(extension) === word && this.#presences.has(extension)) return
    this.#presences.set(extension, word)
    for (const listener of [...this.#listeners]) listener(extension)
  }
}
