import { checkLive } from '../../connectors/teams/live/check-live.ts'
import type { ConnectorContext, Finding } from '../../core/connector.ts'

/** An open point of a system's documents. */
export interface LiveAnswer {
  readonly point: number
  readonly question: string
  readonly answered: boolean
  readonly answer: string
}

export interface LiveAnswers {
  readonly findings: readonly Finding[]
  readonly answers: readonly LiveAnswer[]
  /** Names nobody. */
  readonly recording: readonly object[]
}

export interface LiveQuestions {
  readonly upn: string
  readonly patienceMs?: number
  /** Of an account without a licence, where one may be tried. */
  readonly unlicensed?: string
  /** Left out where nobody sits there. Undefined when there will be no answer. */
  readonly ask?: (question: string) => Promise<string | undefined>
  readonly interrupted: () => boolean
  /** Where the system can deliver, or why nowhere. */
  readonly notifications: { readonly url: string } | { readonly missing: string }
}

/** Asks a real system, for one consenting person, what its documents leave open. Never throws. */
type AskSystem = (
  settings: never,
  context: ConnectorContext,
  questions: LiveQuestions,
) => Promise<LiveAnswers>

/** By type of connector; most have no questions of their own. */
const bySystem: Readonly<Record<string, AskSystem>> = { teams: checkLive }

export function findQuestions(type: string): AskSystem | undefined {
  return Object.hasOwn(bySystem, type) ? bySystem[type] : undefined
}

/** The table of open points, of everything that has some. */
export function formatAnswers(
  answered: readonly { readonly connector: string; readonly answers: readonly LiveAnswer[] }[],
): string {
  return answered
    .map(({ connector, answers }) => {
      const rows = answers.map(({ point, question, answer }) => `  ${point}  ${question}\n     ${answer}\n`)
      return `Open points, ${connector}\n${rows.join('')}`
    })
    .join('')
}
