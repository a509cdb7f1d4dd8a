import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import { words } from '../language/words.ts'

/** Why the board is there in the place of the page that the address names. */
export function NotForYou() {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>{words().pages.notForYou}</MessageBarBody>
    </MessageBar>
  )
}
