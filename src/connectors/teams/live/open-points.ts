/** What Microsoft's pages leave open about presence in Graph, by number. Only a real tenant can tell. */
const openPoints = {
  1: 'Does a session of do not disturb (Presenting) keep Teams calls from ringing?',
  2: 'Does getPresencesByUserId return sequenceNumber to an application?',
  3: 'What becomes of getPresencesByUserId when one id is unknown?',
  4: 'Which limit of requests applies, and is Retry-After sent?',
  5: 'Can a subscription to presence be renewed by PATCH?',
  6: 'How long may a status last that is set as if the person had chosen it?',
  7: 'What does setPresence do for somebody without a Teams licence?',
} as const

export type OpenPoint = keyof typeof openPoints

/** An open point of Graph, and what this tenant answers. Names nobody. */
export interface LiveAnswer {
  readonly point: OpenPoint
  readonly question: string
  readonly answered: boolean
  /** Not answered: why, and what somebody has to do for it to be. */
  readonly answer: string
}

/** The answers of one check, each point once. */
export class AnswerSheet {
  readonly #answers = new Map<OpenPoint, LiveAnswer>()

  answer(point: OpenPoint, answer: string): void {
    this.#answers.set(point, { point, question: openPoints[point], answered: true, answer })
  }

  /** `because` goes on after "not answered, because". */
  leaveOpen(point: OpenPoint, because: string): void {
    const answer = `not answered, because ${because}`
    this.#answers.set(point, { point, question: openPoints[point], answered: false, answer })
  }

  /** All points in order; those that were not reached for this reason. */
  finish(because: string): readonly LiveAnswer[] {
    for (const number of Object.keys(openPoints)) {
      const point = Number(number) as OpenPoint
      if (!this.#answers.has(point)) this.leaveOpen(point, because)
    }
    return [...this.#answers.values()].sort((a, b) => a.point - b.point)
  }
}
