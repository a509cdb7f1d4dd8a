/**
 * A person's pause: for a while the hub writes nothing for them, over all links or one. Times are hub time. A pause
 * that is over stays on record, because choices made before its end do not take effect afterwards; conditions (a call)
 * count again at once.
 */
export interface Pause {
  /** Id of the link that pauses; undefined pauses all. */
  readonly link: string | undefined
  readonly from: number
  /** Undefined lasts until switched on. */
  readonly until: number | undefined
  /** A direction that the person does not want: stays so until it is switched on by name, whatever ends the pauses. */
  readonly off?: true
}

/** What ends the pause: the link it covers, or all of them, and when. */
export interface PauseEnd {
  readonly link: string | undefined
  readonly at: number
  /** Ends the direction's switch instead of a pause. */
  readonly off?: true
}

/** True while the pause lasts. */
function isPausing(pause: Pause, now: number): boolean {
  return now >= pause.from && (pause.until === undefined || now < pause.until)
}

/** Those that last, the longest first. */
export function currentPauses(pauses: readonly Pause[] | undefined, now: number): readonly Pause[] {
  return (pauses ?? [])
    .filter((pause) => isPausing(pause, now))
    .sort((a, b) => (b.until ?? Number.POSITIVE_INFINITY) - (a.until ?? Number.POSITIVE_INFINITY))
}

/** The pause that covers a link now. */
export function pauseOf(pauses: readonly Pause[] | undefined, link: string, now: number): Pause | undefined {
  if (!pauses) return undefined
  return currentPauses(pauses, now).find((pause) => pause.link === undefined || pause.link === link)
}

/** When the last pause of a link was over, hub time: choices from before do not count. */
export function pausedBefore(
  pauses: readonly Pause[] | undefined,
  link: string,
  now: number,
): number | undefined {
  let last: number | undefined
  for (const pause of pauses ?? []) {
    if (pause.link !== undefined && pause.link !== link) continue
    if (pause.until === undefined || pause.until > now) continue
    if (last === undefined || pause.until > last) last = pause.until
  }
  return last
}

/** Begins a pause; one that lasts for the same link gets the new end. */
export function beginPause(pauses: readonly Pause[] | undefined, pause: Pause): readonly Pause[] {
  const isSame = (one: Pause) => one.link === pause.link && one.off === pause.off
  const running = pauses?.find((one) => isSame(one) && isPausing(one, pause.from))
  const rest = (pauses ?? []).filter((one) => !isSame(one))
  return [...rest, running ? { ...pause, from: running.from } : pause]
}

/** Switches sync on again: of one link, or of everything that is paused; a direction that is off only by its name. */
export function endPause(pauses: readonly Pause[] | undefined, end: PauseEnd): readonly Pause[] {
  return (pauses ?? []).map((pause) => {
    const meant = pause.off === end.off && (end.link === undefined || pause.link === end.link)
    return meant && isPausing(pause, end.at) ? { ...pause, until: end.at } : pause
  })
}

/** When time alone ends the next pause. */
export function nextPauseEnd(pauses: readonly Pause[] | undefined, now: number): number | undefined {
  const ends = currentPauses(pauses, now).flatMap(({ until }) => (until === undefined ? [] : [until]))
  return ends.length > 0 ? Math.min(...ends) : undefined
}

/** What a person, or somebody for them, wants of their pauses. */
export type PauseChange =
  | { readonly begin: Omit<Pause, 'from'> }
  /** `link` undefined switches everything on. */
  | { readonly end: Pick<PauseEnd, 'link' | 'off'> }

/** How a pause is asked for from outside: for some minutes, to a moment, to the end of the day, or until switched on. */
export interface PauseWish {
  readonly minutes?: number
  /** Wall clock, milliseconds. */
  readonly until?: number
  readonly endOfDay?: boolean
  /** Id of a link; all without. */
  readonly link?: string
}

/** A pause as the API shows it; wall clock, milliseconds. */
export interface PauseView {
  /** Id of the link; absent for all. */
  readonly link?: string
  readonly since: number
  /** Absent: until switched on. */
  readonly until?: number
  /** A direction that the person has switched off; no pause. */
  readonly off?: true
}

/** What became of a wish: the person as they are now, or why nothing was done. */
export type PauseAnswer<Person> =
  | { readonly person: Person }
  | { readonly refused: 'nobody' | 'several' | 'noSuchLink' | 'past' | 'notStored' }

/** Whose pause: a person by id or UPN, or whoever is at an address of a connector. */
export type PauseSubject = { readonly tenant?: string | undefined } & (
  | { readonly key: string }
  /** `among`: the only tenants that can be meant; all where left out. */
  | { readonly connector: string; readonly address: string; readonly among?: readonly string[] }
)

/** Pauses as the HTTP API sets them. `link` of `resume`: one link, or all. */
export interface PausePort<Person> {
  pause(who: PauseSubject, wish: PauseWish): Promise<PauseAnswer<Person>>
  resume(who: PauseSubject, link: string | undefined): Promise<PauseAnswer<Person>>
}
