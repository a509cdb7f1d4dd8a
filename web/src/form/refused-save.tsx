import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import { Fragment } from 'react'
import type { ConfigProblem } from '../../../src/core/config-port.ts'
import { HubError } from '../live/http.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { problemText } from './field-frame.tsx'

/** Why something was not saved: what the hub says of the whole, and of each place; nothing where there is no error. */
export function RefusedSave({
  error,
  placeOf = (path) => path,
}: {
  error: unknown
  /** A place of the configuration as the form calls it. */
  placeOf?: (path: string) => string
}) {
  if (error === undefined) return null
  const problems: readonly ConfigProblem[] = error instanceof HubError ? error.problems : []
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody role="alert">
        <HubSpan>{(error as Error).message}</HubSpan>
        {problems.map((problem) => (
          <Fragment key={`${problem.path} ${problem.message}`}>
            {` ${placeOf(problem.path)}: `}
            <HubSpan>{problemText(problem)}</HubSpan>
          </Fragment>
        ))}
      </MessageBarBody>
    </MessageBar>
  )
}
