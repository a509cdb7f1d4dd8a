/** What became of a request: the hub said yes, or nobody knows whether it was carried out. */
export type Answer = 'acknowledged' | 'unknown'

export interface Entry {
  readonly upn: string
  readonly source: string
  /** Moment from which on it must not count any more, milliseconds. */
  readonly endsAt: number
  stands: 'yes' | 'no' | 'unknown'
}

/** Every signal that another system gave, each under a name of its own, so that each can be asked for at the end. */
export class SignalBook {
  readonly entries: Entry[] = []
  readonly counts = { acknowledged: 0, unknown: 0 }

  gave(entry: Omit<Entry, 'stands'>, answer: Answer): void {
    this.counts[answer] += 1
    this.entries.push({ ...entry, stands: answer === 'acknowledged' ? 'yes' : 'unknown' })
  }

  tookBack(entry: Entry, answer: Answer): void {
    this.counts[answer] += 1
    entry.stands = answer === 'acknowledged' ? 'no' : 'unknown'
  }

  /** What must be there at this moment. */
  standing(now: number): readonly Entry[] {
    return this.entries.filter(({ stands, endsAt }) => stands === 'yes' && endsAt > now)
  }

  uncertain(): readonly Entry[] {
    return this.entries.filter(({ stands }) => stands === 'unknown')
  }

  /** What must not be there any more: it was taken back, or its time is over. */
  over(now: number): readonly Entry[] {
    return this.entries.filter(({ stands, endsAt }) => stands === 'no' || endsAt <= now)
  }
}
