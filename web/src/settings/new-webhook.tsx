import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { Item } from '../configuration/configuration-client.ts'
import { CheckGroup } from '../form/check-group.tsx'
import { CommaField } from '../form/comma-field.tsx'
import { idPattern } from '../form/id-pattern.ts'
import { words } from '../language/words.ts'
import { settingsWords } from './settings-words.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '560px' },
  button: { alignSelf: 'flex-start' },
})

interface Filters {
  readonly groups: readonly string[]
  readonly people: readonly string[]
  readonly systems: readonly string[]
  /** Grows with each webhook that was added: the fields begin anew. */
  readonly round: number
}

const none: Filters = { groups: [], people: [], systems: [], round: 0 }

/** Name, address, and whose and which states are told; the signing secret is made here and told once. */
export function NewWebhook(props: {
  /** Names that there are. */
  taken: readonly string[]
  /** Ids of the connectors of the tenant. */
  systems: readonly string[]
  /** Whether it was saved: what was refused stays as it is written. */
  add(webhook: Item, secret: string): Promise<boolean>
}) {
  const styles = useStyles()
  const said = settingsWords()
  const { connectors } = words()
  const [id, setId] = useState('')
  const [url, setUrl] = useState('')
  const [{ round, ...filters }, setFilters] = useState<Filters>(none)
  const wrong = props.taken.includes(id)
    ? connectors.idTaken
    : id === '' || idPattern.test(id)
      ? undefined
      : connectors.idWrong
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        const secret = makeSecret()
        const chosen = Object.entries(filters).filter(([, named]) => named.length > 0)
        const webhook = { id, url: url.trim(), secrets: [secret], ...Object.fromEntries(chosen) }
        void props.add(webhook, secret).then((isSaved) => {
          if (!isSaved) return
          setId('')
          setUrl('')
          setFilters({ ...none, round: round + 1 })
        })
      }}
    >
      <Field
        label={said.name}
        required
        {...(wrong && { validationState: 'error' as const, validationMessage: wrong })}
      >
        <Input value={id} onChange={(_, { value }) => setId(value)} />
      </Field>
      <Field label={said.address} required>
        <Input type="url" value={url} onChange={(_, { value }) => setUrl(value)} />
      </Field>
      {(['groups', 'people'] as const).map((name) => (
        <CommaField
          key={`${name} ${round}`}
          label={said[`${name}Only`]}
          hint={said[`${name}Hint`]}
          value={[]}
          change={(named) => setFilters({ ...filters, round, [name]: named })}
        />
      ))}
      {props.systems.length > 0 && (
        <Field label={said.systemsOnly} hint={said.systemsHint}>
          <CheckGroup
            words={props.systems}
            chosen={filters.systems}
            labelOf={(system) => system}
            change={(systems) => setFilters({ ...filters, round, systems })}
          />
        </Field>
      )}
      <Button
        type="submit"
        appearance="primary"
        className={styles.button}
        disabled={id === '' || wrong !== undefined || url.trim() === ''}
      >
        {said.addWebhook}
      </Button>
    </form>
  )
}

/** As Standard Webhooks writes secrets: 24 random bytes in base64. */
function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  return `whsec_${btoa(String.fromCharCode(...bytes))}`
}
