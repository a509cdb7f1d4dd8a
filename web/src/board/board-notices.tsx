import {
  Button,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { Link } from '../live/board-store.ts'
import { useNow } from '../live/now.ts'
import { asSentence } from '../words/presence-words.ts'
import { exactText } from '../words/time.ts'

/** Said above the board when what is shown is not of now, or when the hub wants to know who asks. */
export function LinkNotice({ link, signIn }: { link: Link; signIn(token: string): void }) {
  const now = useNow()
  if (link.state === 'lost') {
    return (
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>Connection to the hub lost.</MessageBarTitle>
          {asSentence(link.reason)} What you see is of {exactText(link.since, now)}; the board catches up by
          itself.
        </MessageBarBody>
      </MessageBar>
    )
  }
  return link.state === 'token' ? <TokenForm refused={link.refused} signIn={signIn} /> : null
}

const useStyles = makeStyles({ form: { display: 'flex', gap: '8px', flexWrap: 'wrap', paddingTop: '8px' } })

function TokenForm({ refused, signIn }: { refused: boolean; signIn(token: string): void }) {
  const styles = useStyles()
  const [token, setToken] = useState('')
  return (
    <MessageBar intent={refused ? 'error' : 'info'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {refused ? 'The hub refused this token.' : 'This hub asks for an API token.'}
        </MessageBarTitle>
        Paste one from the hub's configuration. It is forgotten when this browser tab is closed.
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (token !== '') signIn(token.trim())
          }}
        >
          <Input
            type="password"
            aria-label="API token"
            autoComplete="off"
            value={token}
            onChange={(_, { value }) => setToken(value)}
          />
          <Button type="submit" appearance="primary">
            Show the board
          </Button>
        </form>
      </MessageBarBody>
    </MessageBar>
  )
}
