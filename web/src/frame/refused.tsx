import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import { HubSpan } from '../words/hub-text.tsx'

/** Why something was refused, as the hub says it; nothing where it was not. */
export function Refused({ text, className }: { text: string | undefined; className?: string }) {
  if (text === undefined) return null
  return (
    <MessageBar intent="error" layout="multiline" {...(className !== undefined && { className })}>
      <MessageBarBody>
        <HubSpan>{text}</HubSpan>
      </MessageBarBody>
    </MessageBar>
  )
}
