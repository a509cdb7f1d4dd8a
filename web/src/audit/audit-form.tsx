import { Button, Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { useState } from 'react'
import { words } from '../language/words.ts'
import type { AuditFilters } from './audit-client.ts'

const useStyles = makeStyles({
  form: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(230px, 100%), 1fr))',
    gap: '12px',
    alignItems: 'end',
    '& > *': { minWidth: 0 },
    '& select': { minWidth: 0, width: '100%' },
  },
})

interface AuditFormProps {
  /** The empty word stands for the hub itself. */
  readonly logs: readonly string[]
  readonly filters: AuditFilters
  show(filters: AuditFilters): void
}

/** What to look for; nothing is asked before the button is pressed. */
export function AuditForm({ logs, filters, show }: AuditFormProps) {
  const styles = useStyles()
  const { audit } = words().pages
  const [draft, setDraft] = useState(filters)
  const field = (name: 'who' | 'about' | 'from' | 'to') => (
    <Field label={audit[name]}>
      <Input
        {...(name === 'from' || name === 'to' ? { type: 'datetime-local' } : {})}
        value={draft[name]}
        onChange={(_, { value }) => setDraft({ ...draft, [name]: value })}
      />
    </Field>
  )
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        show({ ...draft })
      }}
    >
      {logs.length > 1 && (
        <Field label={words().board.tenant}>
          <Select value={draft.tenant} onChange={(_, { value }) => setDraft({ ...draft, tenant: value })}>
            {logs.map((log) => (
              <option key={log} value={log}>
                {log === '' ? audit.hub : log}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {field('who')}
      <Field label={audit.what}>
        <Select value={draft.what} onChange={(_, { value }) => setDraft({ ...draft, what: value })}>
          <option value="">{audit.anything}</option>
          {Object.entries(audit.acts).map(([act, label]) => (
            <option key={act} value={act}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {field('about')}
      {field('from')}
      {field('to')}
      <Button type="submit" appearance="primary">
        {audit.show}
      </Button>
    </form>
  )
}
