import { Button, Field, Input, Link, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { EntryPage } from './entry-page.tsx'
import { ProviderButtons } from './provider-buttons.tsx'
import { signIn } from './session-client.ts'
import { useProviderRefusal } from './use-provider-refusal.ts'
import { useSending } from './use-sending.ts'
import { useSession } from './use-session.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '16px' } })

/** Name and password, or a provider; whoever has an API token in its place can use that. */
export default function SignInPage(props: { signedIn(): void; useToken(): void }) {
  const styles = useStyles()
  const { session: said } = words().pages
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { busy, refused: wrong, send } = useSending()
  const { session } = useSession('sign-in')
  const failed = useProviderRefusal()
  const refused = wrong ?? failed
  const providers = session?.providers ?? []
  const passwords = session?.passwords !== false
  return (
    <EntryPage title={said.signInTitle}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          send(async () => {
            await signIn(name, password)
            props.signedIn()
          })
        }}
      >
        <Refused text={refused} />
        {passwords && (
          <>
            <Field label={said.name} required>
              <Input autoComplete="username" value={name} onChange={(_, { value }) => setName(value)} />
            </Field>
            <Field label={said.password} required>
              <Input
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={(_, { value }) => setPassword(value)}
              />
            </Field>
            <Button type="submit" appearance="primary" disabled={busy || name === '' || password === ''}>
              {said.signIn}
            </Button>
          </>
        )}
        <ProviderButtons providers={providers} appearance={passwords ? 'secondary' : 'primary'} />
        <Link as="button" type="button" onClick={props.useToken}>
          {said.useToken}
        </Link>
      </form>
    </EntryPage>
  )
}
