import {
  Button,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components'
import { useState } from 'react'
import { words } from '../language/words.ts'
import type { Link } from '../live/board-store.ts'
import { useNow } from '../live/now.ts'
import { asSentence } from '../words/presence-words.ts'
import { exactText } from '../words/time.ts'

/** Said above the page when what is shown is not of now, or when the hub wants to know who asks. */
export function LinkNotice({ link, signIn }: { link: Link; signIn(token: string): void }) {
  const now = useNow()
  const { board } = words()
  if (link.state === 'lost') {
    return (
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{board.lostTitle}</MessageBarTitle>
          {` ${board.lostText(asSentence(link.reason), exactText(link.since, now))}`}
        </MessageBarBody>
      </MessageBar>
    )
  }
  return link.state === 'token' ? <TokenForm refused={link.refused} signIn={signIn} /> : null
}

const useStyles = makeStyles({ form: { display: 'flex', gap: '8px', flexWrap: 'wrap', paddingTop: '8px' } })

function TokenForm({ refused, signIn }: { refused: boolean; signIn(token: string): void }) {
  const styles = useStyles()
  const { board } = words()
  const [token, setToken] = useState('')
  return (
    <MessageBar intent={refused ? 'error' : 'info'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{refused ? board.tokenRefused : board.tokenWanted}</MessageBarTitle>
        {` ${board.tokenText}`}
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (token !== '') signIn(token.trim())
          }}
        >
          <Input
            type="password"
            aria-label={board.token}
            autoComplete="off"
            value={token}
            onChange={(_, { value }) => setToken(value)}
          />
          <Button type="submit" appearance="primary">
            {board.showBoard}
          </Button>
        </form>
      </MessageBarBody>
    </MessageBar>
  )
}
