import type { Outcome } from '../../core/connector.ts'
import type { Priority } from '../kit/budget.ts'
import { type AnswerRule, decodeRules, withDnd } from './answer-rules.ts'
import type { ApiClient, ApiReply } from './client.ts'

export interface RuleAccess {
  readonly client: ApiClient
  readonly user: string
  readonly priority: Priority
  readonly patienceMs?: number
}

/** The rules of a user, or why there are none. A list that is not understood is `malformed`. */
export async function readRules({ client, user, priority, patienceMs }: RuleAccess) {
  const reply = await client.send({
    ...{ call: 'rules', method: 'GET', path: client.userPath(user, 'answerrules'), priority },
    ...(patienceMs !== undefined && { patienceMs }),
  })
  if (reply.kind !== 'ok') return { reply } as const
  const rules = decodeRules(reply.json)
  const malformed: ApiReply = { kind: 'malformed', reason: 'the answer rules were not understood' }
  return rules ? ({ rules } as const) : ({ reply: malformed } as const)
}

/** Puts a rule back with another do not disturb. The name `*` is sent as it is, and escaped where that is not found. */
export async function putDnd(access: RuleAccess, rule: AnswerRule, on: boolean): Promise<ApiReply> {
  const { client, user, priority, patienceMs } = access
  const send = (frame: string) =>
    client.send({
      ...{ call: 'setDnd', method: 'PUT', path: client.userPath(user, `answerrules/${frame}`), priority },
      body: withDnd(rule, on),
      ...(patienceMs !== undefined && { patienceMs }),
    })
  const first = await send(encodeURIComponent(rule.frame))
  const escaped = encodeURIComponent(rule.frame).replaceAll('*', '%2A')
  const missing = first.kind === 'refused' && (first.status === 404 || first.status === 400)
  return missing && rule.frame.includes('*') ? send(escaped) : first
}

export const unknownUser: Outcome = {
  kind: 'rejected',
  reason: 'The platform knows no such user.',
  fix: 'Correct the address of the person.',
}
