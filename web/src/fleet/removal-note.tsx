import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import { words } from '../language/words.ts'
import { HubText } from '../words/hub-text.tsx'
import type { Removal } from './use-removal.ts'

/** What became of a customer that was taken out, and the way back. */
export function RemovalNote({ removal: { said, undo } }: { removal: Removal }) {
  const { fleet } = words()
  if (!said) return null
  if (said.kind === 'refused') {
    return (
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          {fleet.failed} <HubText>{said.reason}</HubText>
        </MessageBarBody>
      </MessageBar>
    )
  }
  const { id } = said.tenant
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>{said.kind === 'removed' ? fleet.removed(id) : fleet.undone(id)}</MessageBarBody>
      {said.kind === 'removed' && (
        <MessageBarActions>
          <Button size="small" onClick={() => undo(said.tenant, said.version)}>
            {fleet.undo}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  )
}
