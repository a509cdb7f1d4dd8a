import { checkLive } from '../../connectors/teams/live.ts'
import type { ConnectorContext, Finding } from '../../core/connector.ts'

export interface LiveAnswers {
  readonly findings: readonly Finding[]
  readonly answers: readonly { readonly question: string; readonly answer: string }[]
  /** Names nobody. */
  readonly recording: readonly object[]
}

/** Asks a real system, for one consenting person, what its documents leave open. Never throws. */
type AskSystem = (
  settings: never,
  context: ConnectorContext,
  options: { readonly upn: string; readonly patienceMs?: number },
) => Promise<LiveAnswers>

/** By type of connector; most have no questions of their own. */
const bySystem: Readonly<Record<string, AskSystem>> = { teams: checkLive }

export function findQuestions(type: string): AskSystem | undefined {
  return Object.hasOwn(bySystem, type) ? bySystem[type] : undefined
}
