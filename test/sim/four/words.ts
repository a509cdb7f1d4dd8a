/** The words of these tests. `none`: nothing is chosen, which Teams alone can tell from available. */
export const systems = ['teams', 'phone', 'profiles', 'crm'] as const
export type SystemName = (typeof systems)[number]
export type Word = 'available' | 'away' | 'busy' | 'dnd' | 'call' | 'offline' | 'none'

const pairs: Readonly<Record<Exclude<Word, 'none'>, string>> = {
  available: 'available/available',
  away: 'away/away',
  busy: 'busy/busy',
  dnd: 'doNotDisturb/doNotDisturb',
  call: 'busy/inACall',
  offline: 'offline/offline',
}

export function pairOf(word: Exclude<Word, 'none'>): string {
  return pairs[word]
}

export function wordOf(pair: string | undefined): Word {
  if (pair === undefined) return 'none'
  const found = Object.entries(pairs).find(([, one]) => one === pair)
  if (!found) throw new Error(`no word for ${pair}`)
  return found[0] as Word
}

/** What everyone can see, after the hub has come to rest. */
export interface Standing {
  readonly preferred: Word
  readonly shown: Word
  readonly session: Word
  readonly phone: Word
  readonly profiles: Word
  readonly crm: Word
}
