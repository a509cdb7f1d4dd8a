import type { ConfigProblem } from '../../../src/core/config-port.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { asSentence } from '../words/presence-words.ts'

/** What is wrong at a field, and what to do: each looked up by itself, as either may end in what was put in. */
export function ProblemSpan({ problem: { message, fix } }: { problem: ConfigProblem }) {
  return (
    <>
      <HubSpan>{asSentence(message)}</HubSpan>
      {fix !== undefined && (
        <>
          {' '}
          <HubSpan>{asSentence(fix)}</HubSpan>
        </>
      )}
    </>
  )
}
