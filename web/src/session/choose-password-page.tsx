import { Button, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { ask } from '../live/http.ts'
import { EntryPage } from './entry-page.tsx'
import { isChosen, NewPasswordFields, noPassword } from './new-password-fields.tsx'
import { useSending } from './use-sending.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '16px' } })

/** Where the link of a new account leads, or of somebody who forgot their password. */
export function ChoosePasswordPage(props: { code: string; done(): void }) {
  const styles = useStyles()
  const { session: said } = words().pages
  const [password, setPassword] = useState(noPassword)
  const { busy, refused, send } = useSending()
  const ready = isChosen(password)
  return (
    <EntryPage title={said.choosePasswordTitle} text={said.choosePasswordText}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!ready) return
          send(async () => {
            const body = { code: props.code, password: password.first }
            await ask('/api/v1/session/password', { method: 'POST', body })
            props.done()
          })
        }}
      >
        <NewPasswordFields value={password} onChange={setPassword} />
        <Refused text={refused} />
        <Button type="submit" appearance="primary" disabled={busy || !ready}>
          {said.choosePassword}
        </Button>
      </form>
    </EntryPage>
  )
}
