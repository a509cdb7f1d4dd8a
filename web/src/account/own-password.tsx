import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { DoneNote } from '../frame/done-note.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { isChosen, NewPasswordFields, noPassword } from '../session/new-password-fields.tsx'
import { changePassword } from '../session/session-client.ts'
import { useSending } from '../session/use-sending.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '360px' },
  act: { alignSelf: 'flex-start' },
  text: { margin: 0 },
})

/** Whoever signs in with a password changes it here. `changed`: this browser has another session now. */
export function OwnPassword({ changed }: { changed(): void }) {
  const styles = useStyles()
  const { account: said } = words().pages
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState(noPassword)
  const [done, setDone] = useState(false)
  const { busy, refused, send } = useSending()
  const ready = current !== '' && isChosen(next)
  return (
    <PageSection title={said.password}>
      {done && <DoneNote>{said.changed}</DoneNote>}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!ready) return
          setDone(false)
          send(async () => {
            await changePassword(current, next.first)
            setCurrent('')
            setNext(noPassword)
            setDone(true)
            changed()
          })
        }}
      >
        <Field label={said.present} required>
          <Input
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(_, { value }) => setCurrent(value)}
          />
        </Field>
        <NewPasswordFields label={said.next} value={next} onChange={setNext} />
        <p className={styles.text}>{said.changeEnds}</p>
        <Refused text={refused} />
        <Button type="submit" className={styles.act} disabled={busy || !ready}>
          {said.change}
        </Button>
      </form>
    </PageSection>
  )
}
