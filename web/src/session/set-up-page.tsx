import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { ChoosePasswordPage } from './choose-password-page.tsx'
import { EntryPage } from './entry-page.tsx'
import { isChosen, NewPasswordFields, noPassword } from './new-password-fields.tsx'
import { createFirstAccount } from './session-client.ts'
import { useSending } from './use-sending.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '16px' } })

/** Where a link with a code leads: to the first account, or to choosing the password of another. */
export default function SetUpPage(props: { code: string; done(): void }) {
  const [kind, code = ''] = props.code.split('/')
  if (kind === 'password') return <ChoosePasswordPage code={code} done={props.done} />
  return <FirstAccountPage code={code} done={props.done} />
}

/** The first account may do everything. */
function FirstAccountPage(props: { code: string; done(): void }) {
  const styles = useStyles()
  const { session: said } = words().pages
  const [displayName, setDisplayName] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState(noPassword)
  const { busy, refused, send } = useSending()
  const ready = displayName !== '' && name !== '' && isChosen(password)
  return (
    <EntryPage title={said.setUpTitle} text={said.setUpText}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!ready) return
          send(async () => {
            await createFirstAccount({ code: props.code, name, displayName, password: password.first })
            props.done()
          })
        }}
      >
        <Field label={said.yourName} required>
          <Input autoComplete="name" value={displayName} onChange={(_, { value }) => setDisplayName(value)} />
        </Field>
        <Field label={said.signInName} hint={said.signInNameHint} required>
          <Input autoComplete="username" value={name} onChange={(_, { value }) => setName(value)} />
        </Field>
        <NewPasswordFields value={password} onChange={setPassword} />
        <Refused text={refused} />
        <Button type="submit" appearance="primary" disabled={busy || !ready}>
          {said.create}
        </Button>
      </form>
    </EntryPage>
  )
}
