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
  readonly users: ReadonlyMap<string, UserDevices>
}

const technologies = ['PJSIP', 'SIP', 'IAX2', 'SCCP', 'DAHDI']

function isPhoneName(device: string): boolean {
  return /^[A-Za-z0-9]+\/./.test(device) && !/^Local\//i.test(device)
}

/** A hint's two halves: devices, and what gives its presence. */
function readHint(hint: string): {
  phones: string[]
  customs: string[]
  presentity: string | undefined
} {
  const [left = '', ...right] = hint.split(',')
  const devices = left.split('&').filter((each) => each !== '')
  return {
    phones: devices.filter(isPhoneName),
    customs: devices.filter((each) => /^(Custom|Stasis):/i.test(each)),
    presentity: right.join(',') || undefined,
  }
}

/** A hint with a mark in the place of its extension: so written, thousands of hints are the same. */
interface Pattern {
  readonly context: string
  readonly text: string
}

/** In no hint: AMI messages are lines of text. */
const mark = '\0'

function patternOf({ exten, context, hint }: Hint): Pattern {
  return { context, text: hint.replaceAll(exten, mark) }
}

function hintOf(pattern: Pattern | undefined, extension: string): string {
  return pattern?.text.replaceAll(mark, extension) ?? ''
}

/** What was read of one extension. Its entry is made when it is asked for: thousands of them are seldom needed. */
interface Line {
  readonly hint: Pattern | undefined
  /** Further hints of the same number, in other contexts. */
  readonly others: readonly Pattern[]
  /** Undefined where FreePBX's database says nothing that the hint does not. */
  readonly user: UserDevices | undefined
}

const none: readonly never[] = []
const mostRecent = 500
const usualPresentity = 'CustomPresence:'
const placeholder = '{extension}'

/** Which devices belong to which extension: from the configuration, FreePBX's database, and hints, in that order. */
export class ExtensionBook {
  readonly #settings: Settings
  readonly #configured: ReadonlyMap<string, Settings['extensions'][number]>
  readonly #hasState: (device: string) => boolean
  readonly #dndAround: readonly [string, string]
  #lines = new Map<string, Line>()
  /** Lines of one hint only, by what it says: extensions hold the same one. */
  readonly #plain = new Map<string, Line>()
  /** Entries of those that are in calls: each event asks for them several times. */
  readonly #recent = new Map<string, Entry>()
  /** Extensions of which nothing is known but that a device of their name has a state. */
  readonly #guessed = new Set<string>()
  /** Extensions by lamp, and by a phone, presentity or do not disturb of another name than usual. */
  #owners = new Map<string, string | readonly string[]>()
  /** Phones that belong to no extension, or bear no phone's name. */
  #otherPhones: ReadonlySet<string> = new Set()
  #noPhones = true

  /** `hasState`: whether a device has a state at the PBX. */
  constructor(settings: Settings, hasState: (device: string) => boolean = () => false) {
    this.#settings = settings
    this.#hasState = hasState
    this.#configured = new Map(settings.extensions.map((each) => [each.extension, each]))
    const [before = '', after = ''] = settings.dndDevice.split(placeholder)
    this.#dndAround = [before, after]
  }

  replace({ hints, users }: BookSources): void {
    this.#lines = new Map()
    this.#plain.clear()
    this.#recent.clear()
    this.#guessed.clear()
    this.#owners = new Map()
    for (const hint of hints) this.#addHint(hint)
    for (const [extension, user] of users) this.#addUser(extension, user)
    for (const extension of this.extensions) this.#index(extension)
    const phones = [
      ...hints.flatMap(({ hint }) => readHint(hint).phones),
      ...[...users.values()].flatMap((each) => each.dials),
      ...this.#settings.extensions.flatMap((each) => each.devices ?? []),
    ]
    this.#noPhones = phones.length === 0
    this.#otherPhones = new Set(phones.filter((phone) => !this.#isOwnedPhone(phone)))
  }

  /** Undefined for an extension this PBX does not know. */
  entry(extension: string): Entry | undefined {
    const recent = this.#recent.get(extension)
    if (recent) return recent
    const line = this.#lines.get(extension)
    if (isUsable(line) || this.#configured.has(extension)) return this.#make(extension, line)
    if (!this.#guessed.has(extension)) {
      if (this.#named(extension).length === 0) return undefined
      this.#guessed.add(extension)
      this.#index(extension)
    }
    return this.#make(extension, undefined)
  }

  /** Extensions whose phone, lamp, do not disturb or presence this is. */
  ownersOf(device: string): readonly string[] {
    const found = this.#owners.get(device) ?? none
    const owners = typeof found === 'string' ? [found] : found
    const usual = this.#usualOwner(device)
    return usual === undefined || owners.includes(usual) ? owners : [...owners, usual]
  }

  /** True when this is how the hint was when it was last read. */
  isCurrent({ exten, context, hint }: Hint): boolean {
    const line = this.#lines.get(exten)
    return [line?.hint, ...(line?.others ?? none)].some(
      (known) => known?.context === context && hintOf(known, exten) === hint,
    )
  }

  get extensions(): readonly string[] {
    const read = [...this.#lines].filter(([, line]) => isUsable(line)).map(([extension]) => extension)
    return [...new Set([...this.#configured.keys(), ...read])]
  }

  /** Is it somebody's phone? Without a single hint, a short number for a name is taken for one. */
  isPhone(device: string): boolean {
    if (this.#noPhones) return /^[A-Za-z0-9]+\/\d{2,6}$/.test(device)
    return this.#otherPhones.has(device) || this.#isOwnedPhone(device)
  }

  #isOwnedPhone(device: string): boolean {
    return isPhoneName(device) && (this.#owners.has(device) || this.#usualOwner(device) !== undefined)
  }

  #addHint(hint: Hint): void {
    const { hint: known, others = none } = this.#lines.get(hint.exten) ?? {}
    const wanted = this.#settings.context
    const misplaced = wanted !== undefined && hint.context !== wanted
    // The same number may have a hint in several contexts; one with a phone says most.
    const better = !misplaced && (!known || (!hasPhone(hintOf(known, hint.exten)) && hasPhone(hint.hint)))
    const told = patternOf(hint)
    const [picked, other] = better ? [told, known] : [known, told]
    this.#setLine(hint.exten, {
      hint: picked,
      others: other ? [...others, other] : others,
      user: undefined,
    })
  }

  #setLine(extension: string, line: Line): void {
    if (!line.hint || line.others.length > 0 || line.user) {
      this.#lines.set(extension, line)
      return
    }
    const key = `${line.hint.context}\n${line.hint.text}`
    const known = this.#plain.get(key)
    if (!known) this.#plain.set(key, line)
    this.#lines.set(extension, known ?? line)
  }

  #addUser(extension: string, user: UserDevices): void {
    const { hint, others = none } = this.#lines.get(extension) ?? {}
    const told = !this.#configured.has(extension) && saysTheSame(user, hintOf(hint, extension))
    this.#setLine(extension, { hint, others, user: told ? undefined : user })
  }

  #make(extension: string, line: Line | undefined): Entry {
    const hint = hintOf(line?.hint, extension) || undefined
    const { phones, customs, presentity } = readHint(hint ?? '')
    const found = [...new Set([...(line?.user?.dials ?? []), ...phones])]
    const told = this.#configured.get(extension)?.devices ?? (found.length > 0 ? found : undefined)
    const all = told ?? this.#named(extension)
    const dndDevice = this.#settings.dndDevice.replaceAll(placeholder, extension)
    const entry: Entry = {
      extension,
      phones: all,
      numbers: line?.user?.numbers ?? all.map(numberOf),
      lamps: customs.filter((each) => each !== dndDevice && !/^Custom:(DND|DEVDND|FOLLOWME)/i.test(each)),
      dndDevice,
      presentity: presentity ?? `${usualPresentity}${extension}`,
      lampShowsDnd: customs.includes(dndDevice),
      hint,
    }
    // Phones that were found by their states alone may be others when the next state is heard.
    if (told) this.#remember(entry)
    return entry
  }

  #remember(entry: Entry): void {
    if (this.#recent.size >= mostRecent) this.#recent.clear()
    this.#recent.set(entry.extension, entry)
  }

  /** Devices that have a state and bear the extension's number for a name. */
  #named(extension: string): readonly string[] {
    return technologies.map((technology) => `${technology}/${extension}`).filter(this.#hasState)
  }

  #index(extension: string): void {
    const entry = this.entry(extension)
    if (!entry) return
    for (const device of [...entry.phones, ...entry.lamps, entry.dndDevice, entry.presentity]) {
      if (this.#usualName(device) === extension && isUsual(device, entry)) continue
      const known = this.#owners.get(device)
      if (known === undefined) this.#owners.set(device, extension)
      else if (typeof known !== 'string') this.#owners.set(device, [...known, extension])
      else if (known !== extension) this.#owners.set(device, [known, extension])
    }
  }

  /** Whose phone, do not disturb or presence it is by its name alone; these need no index. */
  #usualOwner(device: string): string | undefined {
    const name = this.#usualName(device)
    const entry = name === undefined || !this.#isKnown(name) ? undefined : this.entry(name)
    return entry && isUsual(device, entry) ? name : undefined
  }

  #usualName(device: string): string | undefined {
    const [before, after] = this.#dndAround
    if (device.startsWith(usualPresentity)) return device.slice(usualPresentity.length)
    if (device.startsWith(before) && device.endsWith(after))
      return device.slice(before.length, device.length - after.length)
    return isPhoneName(device) ? numberOf(device) : undefined
  }

  #isKnown(extension: string): boolean {
    return (
      this.#configured.has(extension) || this.#guessed.has(extension) || isUsable(this.#lines.get(extension))
    )
  }
}

function isUsual(device: string, { dndDevice, presentity, phones }: Entry): boolean {
  return dndDevice === device || presentity === device || phones.includes(device)
}

/** A hint without text, or in another context than the wanted one, makes no extension. */
function isUsable(line: Line | undefined): boolean {
  return line !== undefined && (line.user !== undefined || Boolean(line.hint?.text))
}

function hasPhone(hint: string): boolean {
  return readHint(hint).phones.length > 0
}

/** Most of FreePBX's extensions have one phone, and the hint names it. */
function saysTheSame({ numbers, dials }: UserDevices, hint: string): boolean {
  const { phones } = readHint(hint)
  const same = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((each, index) => each === other[index])
  return (
    phones.length > 0 && dials.every((each) => phones.includes(each)) && same(numbers, phones.map(numberOf))
  )
}

function numberOf(phone: string): string {
  return phone.slice(phone.indexOf('/') + 1)
}
