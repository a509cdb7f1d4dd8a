import type { ConfigRefused } from '../core/config-port.ts'
import { HttpProblem } from './problem.ts'

const statusOf: Readonly<Record<ConfigRefused['refused'], number>> = {
  problems: 422,
  conflict: 412,
  readOnly: 409,
  missing: 404,
  failed: 500,
}

/** What was done. @throws HttpProblem where it was refused. */
export function takeDone<Done>(result: Done | ConfigRefused): Done {
  if (typeof result !== 'object' || result === null || !('refused' in result)) return result as Done
  const { refused, detail, problems } = result as ConfigRefused
  const errors = problems?.map((problem) => ({ in: 'body', ...problem }))
  throw new HttpProblem(statusOf[refused], detail, errors ? { errors } : {})
}
