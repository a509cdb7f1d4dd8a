import type { Settings } from './config.ts'

/** A hint of the dialplan: `PJSIP/1001&Custom:DND1001,CustomPresence:1001`. */
export interface Hint {
  readonly exten: string
  readonly context: string
  readonly hint: string
}

/** FreePBX: device numbers of an extension, and what they dial (`PJSIP/1051`). */
export interface UserDevices {
  readonly numbers: readonly string[]
  readonly dials: readonly string[]
}

/** What belongs to one extension. */
export interface Entry {
  readonly extension: string
  /** `PJSIP/1001`: names of channels and of device states. */
  readonly phones: readonly string[]
  /** FreePBX's numbers for the phones. */
  readonly numbers: readonly string[]
  /** Custom devices of the hint other than do not disturb. */
  readonly lamps: readonly string[]
  readonly dndDevice: string
  readonly presentity: string
  /** Whether the hint shows do not disturb, so that lamps on other phones follow. */
  readonly lampShowsDnd: boolean
  readonly hint: string | undefined
}

export interface BookSources {
  readonly hints: readonly Hint[]
  /** Every device that has a state. */
  readonly devices: ReadonlySet<string>
  readonly users: ReadonlyMap<string, UserDevices>
}

const emptySources: BookSources = { hints: [], devices: new Set(), users: new Map() }

const technologies = ['PJSIP', 'SIP', 'IAX2', 'SCCP', 'DAHDI']

/** A hint's two halves: devices, and what gives its presence. */
export function readHint(hint: string): {
  phones: string[]
  customs: string[]
  presentity: string | undefined
} {
  const [left = '', ...right] = hint.split(',')
  const devices = left.split('&').filter((each) => each !== '')
  return {
    phones: devices.filter((each) => /^[A-Za-z0-9]+\/./.test(each) && !/^Local\//i.test(each)),
    customs: devices.filter((each) => /^(Custom|Stasis):/i.test(each)),
    presentity: right.join(',') || undefined,
  }
}

/** Which devices belong to which extension: from the configuration, FreePBX's database, and hints, in that order. */
export class ExtensionBook {
  readonly #settings: Settings
  readonly #configured: ReadonlyMap<string, Settings['extensions'][number]>
  #sources = emptySources
  #hints: ReadonlyMap<string, Hint> = new Map()
  #phones: ReadonlySet<string> = new Set()
  #known: ReadonlySet<string> = new Set()
  #entries = new Map<string, Entry | undefined>()
  #owners = new Map<string, Set<string>>()

  constructor(settings: Settings) {
    this.#settings = settings
    this.#configured = new Map(settings.extensions.map((each) => [each.extension, each]))
  }

  replace(sources: BookSources): void {
    this.#sources = sources
    this.#entries = new Map()
    this.#owners = new Map()
    this.#hints = this.#pick(sources.hints)
    this.#known = new Set(sources.hints.map(({ context, exten, hint }) => `${context}/${exten} ${hint}`))
    this.#phones = new Set([
      ...sources.hints.flatMap(({ hint }) => readHint(hint).phones),
      ...[...sources.users.values()].flatMap((each) => each.dials),
      ...this.#settings.extensions.flatMap((each) => each.devices ?? []),
    ])
  }

  /** Undefined for an extension this PBX does not know. Remembered until the next `replace`. */
  entry(extension: string): Entry | undefined {
    if (!this.#entries.has(extension)) this.#index(extension, this.#make(extension))
    return this.#entries.get(extension)
  }

  /** Extensions asked for so far whose phone, lamp, do not disturb or presence this is. */
  ownersOf(device: string): ReadonlySet<string> {
    return this.#owners.get(device) ?? new Set()
  }

  /** True when this is how the hint was when it was last read. */
  isCurrent({ exten, context, hint }: Hint): boolean {
    return this.#known.has(`${context}/${exten} ${hint}`)
  }

  get extensions(): readonly string[] {
    return [...new Set([...this.#configured.keys(), ...this.#sources.users.keys(), ...this.#hints.keys()])]
  }

  /** Is it somebody's phone? Without a single hint, a short number for a name is taken for one. */
  isPhone(device: string): boolean {
    if (this.#phones.has(device)) return true
    return this.#phones.size === 0 && /^[A-Za-z0-9]+\/\d{2,6}$/.test(device)
  }

  #pick(hints: readonly Hint[]): ReadonlyMap<string, Hint> {
    const picked = new Map<string, Hint>()
    const wanted = this.#settings.context
    for (const hint of hints) {
      if (wanted !== undefined && hint.context !== wanted) continue
      const known = picked.get(hint.exten)
      // The same number may have a hint in several contexts; one with a phone says most.
      if (!known || (readHint(known.hint).phones.length === 0 && readHint(hint.hint).phones.length > 0)) {
        picked.set(hint.exten, hint)
      }
    }
    return picked
  }

  #make(extension: string): Entry | undefined {
    const configured = this.#configured.get(extension)
    const hint = this.#hints.get(extension)?.hint || undefined
    const { phones, customs, presentity } = readHint(hint ?? '')
    const user = this.#sources.users.get(extension)
    const named = technologies
      .map((technology) => `${technology}/${extension}`)
      .filter((each) => this.#sources.devices.has(each))
    if (!configured && !hint && !user && named.length === 0) return undefined
    const dndDevice = this.#settings.dndDevice.replaceAll('{extension}', extension)
    const found = [...new Set([...(user?.dials ?? []), ...phones])]
    const all = configured?.devices ?? (found.length > 0 ? found : named)
    return {
      extension,
      phones: all,
      numbers: user?.numbers ?? all.map((phone) => phone.slice(phone.indexOf('/') + 1)),
      lamps: customs.filter((each) => each !== dndDevice && !/^Custom:(DND|DEVDND|FOLLOWME)/i.test(each)),
      dndDevice,
      presentity: presentity ?? `CustomPresence:${extension}`,
      lampShowsDnd: customs.includes(dndDevice),
      hint,
    }
  }

  #index(extension: string, entry: Entry | undefined): void {
    this.#entries.set(extension, entry)
    if (!entry) return
    for (const device of [...entry.phones, ...entry.lamps, entry.dndDevice, entry.presentity]) {
      const owners = this.#owners.get(device) ?? new Set()
      this.#owners.set(device, owners.add(extension))
    }
  }
}
