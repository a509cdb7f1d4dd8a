import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { words } from '../language/words.ts'
import { EntryPage } from './entry-page.tsx'
import { createFirstAccount } from './session-client.ts'
import { useSending } from './use-sending.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '16px' } })
const shortestPassword = 12

/** Where the link on the hub's console leads: the first account, which may do everything. */
export default function SetUpPage(props: { code: string; done(): void }) {
  const styles = useStyles()
  const { session: said } = words().pages
  const [displayName, setDisplayName] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const { busy, refused, send } = useSending()
  const differs = again !== '' && again !== password
  const ready = displayName !== '' && name !== '' && password.length >= shortestPassword && again === password
  return (
    <EntryPage title={said.setUpTitle} text={said.setUpText}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!ready) return
          send(async () => {
            await createFirstAccount({ code: props.code, name, displayName, password })
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
        <Field label={said.password} hint={said.passwordHint(shortestPassword)} required>
          <Input
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(_, { value }) => setPassword(value)}
          />
        </Field>
        <Field
          label={said.passwordAgain}
          required
          {...(differs && ({ validationState: 'error', validationMessage: said.differ } as const))}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={again}
            onChange={(_, { value }) => setAgain(value)}
          />
        </Field>
        {refused !== undefined && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{refused}</MessageBarBody>
          </MessageBar>
        )}
        <Button type="submit" appearance="primary" disabled={busy || !ready}>
          {said.create}
        </Button>
      </form>
    </EntryPage>
  )
}
