import type { Look, Oracle } from './expected.ts'

/** What the lab's control API tells of a person (docs/lab-api.md); only what is looked at. */
interface Seen {
  readonly upn: string
  /** Entra object id. */
  readonly id: string
  readonly phones: readonly { readonly dnd: boolean }[]
  readonly teams: {
    readonly shown: string
    readonly preferred: string | null
    readonly sessions: readonly { readonly endsInMs: number }[]
  }
}

/** Somebody who looks otherwise than they should. */
export interface Difference {
  readonly upn: string
  /** Entra object id. */
  readonly id: string
  readonly words: string
}

/** Microsoft's longest session for a call that anybody may leave behind here, milliseconds. */
const longestSessionMs = 15 * 60_000
const pageSize = 1_000

/** Looks at the systems themselves, past every hub. */
export class Eyes {
  readonly #controlUrl: string

  constructor(controlUrl: string) {
    this.#controlUrl = controlUrl
  }

  async everyone(): Promise<readonly Seen[]> {
    const found: Seen[] = []
    for (;;) {
      const answer = await fetch(`${this.#controlUrl}/lab/state?offset=${found.length}&limit=${pageSize}`)
      if (!answer.ok) throw new Error(`the lab does not tell its state: ${answer.status}`)
      const { people } = (await answer.json()) as { people: Seen[] }
      found.push(...people)
      if (people.length < pageSize) return found
    }
  }

  /** Whoever looks otherwise than they should. */
  async differences(oracle: Oracle, upns: ReadonlySet<string>): Promise<readonly Difference[]> {
    return (await this.everyone())
      .filter(({ upn }) => upns.has(upn))
      .flatMap((seen) => {
        const { upn, id } = seen
        const wanted = wordsOf(oracle.look(upn))
        const is = wordsOf(lookOf(seen))
        return is === wanted ? [] : [{ upn, id, words: `${upn} is ${is}; should be ${wanted}` }]
      })
  }

  /** Whoever has a session that outlives its rule, in words. */
  async overlong(upns: ReadonlySet<string>): Promise<readonly string[]> {
    return (await this.everyone())
      .filter(({ upn }) => upns.has(upn))
      .flatMap(({ upn, teams }) =>
        teams.sessions
          .filter(({ endsInMs }) => endsInMs > longestSessionMs)
          .map(({ endsInMs }) => `${upn} has a session that ends only in ${endsInMs} ms`),
      )
  }
}

function lookOf({ phones, teams }: Seen): Look {
  const { shown, preferred, sessions } = teams
  return { shown, preferred, sessions: sessions.length, silent: phones.some(({ dnd }) => dnd) }
}

function wordsOf({ shown, preferred, sessions, silent }: Look): string {
  return `${shown}, picked ${preferred ?? 'nothing'}, ${sessions} sessions, phone ${silent ? 'silent' : 'not silent'}`
}
