import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
} from '@fluentui/react-components'
import { HistoryRegular } from '@fluentui/react-icons/svg/history'
import { type FormEvent, useState } from 'react'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { clockText, exactText, fieldText } from '../words/time.ts'

const hourMs = 3_600_000

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '8px' },
  form: { width: '100%' },
  row: { display: 'flex', gap: '8px' },
  input: { flex: '1 1 200px', minWidth: 0 },
  bar: { width: '100%', boxSizing: 'border-box' },
})

interface PastMomentProps {
  /** As far back as something is kept; wall clock, milliseconds. */
  readonly from: number
  /** The moment that is shown; undefined for now. */
  readonly shown: number | undefined
  show(at: number | undefined): void
}

/** Goes back to an earlier moment, and to now again. Nothing is asked before the button is pressed: each look is noted. */
export function PastMoment({ from, shown, show }: PastMomentProps) {
  const styles = useStyles()
  const { person: said } = words()
  const now = useNow()
  const [open, setOpen] = useState(false)
  const back = () => {
    setOpen(false)
    show(undefined)
  }
  return (
    <div className={styles.all}>
      {shown !== undefined && (
        <MessageBar intent="info" layout="multiline" className={styles.bar}>
          <MessageBarBody>{said.asItWas(exactText(shown, now))}</MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={back}>
              {said.backToNow}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {open ? (
        <MomentForm from={from} now={now} first={shown === undefined} show={show} />
      ) : (
        <Button size="small" appearance="subtle" icon={<HistoryRegular />} onClick={() => setOpen(true)}>
          {said.earlier}
        </Button>
      )}
    </div>
  )
}

interface MomentFormProps extends Omit<PastMomentProps, 'shown'> {
  readonly now: number
  /** Nothing was asked for yet. */
  readonly first: boolean
}

function MomentForm({ from, now, first, show }: MomentFormProps) {
  const styles = useStyles()
  const { person: said } = words()
  const [text, setText] = useState(() => fieldText(Math.max(from, now - hourMs)))
  const at = Date.parse(text)
  // What is typed has whole seconds.
  const possible = at >= Math.floor(from / 1000) * 1000 && at <= now
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (possible) show(at)
  }
  const help = possible
    ? first && { hint: said.looksAreNoted }
    : { validationMessage: said.chooseMoment(clockText(from, now)) }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label={said.moment} {...help}>
        {(field) => (
          <div className={styles.row}>
            <Input
              {...field}
              className={styles.input}
              type="datetime-local"
              step={1}
              min={fieldText(from)}
              max={fieldText(now)}
              value={text}
              onChange={(_, { value }) => setText(value)}
            />
            <Button type="submit" appearance="primary" disabled={!possible}>
              {said.show}
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
