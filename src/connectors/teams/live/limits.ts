import type { AnswerSheet } from './open-points.ts'

/** One answer of Graph: its status and the headers that say something about limits. */
export interface SeenAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

export interface LimitWatch {
  readonly fetch: typeof fetch
  readonly seen: readonly SeenAnswer[]
}

const limitHeader = /^(ratelimit|x-ratelimit|retry-after|x-ms-throttle|x-ms-resource-unit)/i

/** A fetch that also notes what each answer below this root says about limits. */
export function watchLimits(inner: typeof fetch, root: string): LimitWatch {
  const seen: SeenAnswer[] = []
  return {
    seen,
    fetch: async (input, init) => {
      const answer = await inner(input, init)
      if ((input instanceof Request ? input.url : String(input)).startsWith(root)) {
        const headers = Object.fromEntries([...answer.headers].filter(([name]) => limitHeader.test(name)))
        seen.push({ status: answer.status, headers })
      }
      return answer
    },
  }
}

const isTold = ({ headers }: SeenAnswer) => Object.keys(headers).length > 0

const describeHeaders = (answers: readonly SeenAnswer[]): string =>
  [
    ...new Set(
      answers.flatMap(({ headers }) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`)),
    ),
  ].join(', ')

/** Point 4, from what was met by chance: nobody provokes a refusal on a real tenant. */
export function answerLimits(seen: readonly SeenAnswer[], sheet: AnswerSheet): void {
  const refused = seen.filter(({ status }) => status === 429)
  const told = seen.filter((answer) => answer.status !== 429 && isTold(answer))
  const headers = told.length > 0 ? `; headers of other answers: ${describeHeaders(told)}` : ''
  if (refused.length > 0) {
    const waits = refused.filter((answer) => 'retry-after' in answer.headers)
    const sent =
      waits.length === refused.length
        ? 'with Retry-After'
        : waits.length > 0
          ? 'some with Retry-After'
          : 'without Retry-After'
    const words = waits.length > 0 ? ` (${describeHeaders(refused)})` : ''
    sheet.answer(
      4,
      `${refused.length} of ${seen.length} requests were refused with 429, ${sent}${words}${headers}`,
    )
  } else if (told.length > 0) {
    sheet.answer(4, `none of ${seen.length} requests was refused${headers}`)
  } else {
    sheet.leaveOpen(
      4,
      `Graph refused none of ${seen.length} requests and said nothing about limits; nobody should provoke it. Watch hookswitch_teams_requests_total{status="429"} at /metrics, and the log for what Graph asks for`,
    )
  }
}
