import { PhoneError } from '../phones.ts'

/** An error of the control API; becomes problem+json (RFC 9457). */
export class Problem extends Error {
  readonly status: number
  readonly title: string

  constructor(status: number, title: string, detail: string) {
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.title = title
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'Not found',
  413: 'Too large',
  415: 'Wrong content type',
}

const phoneProblems = {
  unknown: [404, 'No such phone'],
  conflict: [409, 'The phone cannot do that now'],
  invalid: [400, 'Bad request'],
} as const

/** What any error thrown by a route means to the caller. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof PhoneError) {
    const [status, title] = phoneProblems[error.code]
    return new Problem(status, title, error.message)
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500
  const detail = error instanceof Error ? error.message : String(error)
  return new Problem(status, titles[status] ?? 'Internal error', detail)
}
