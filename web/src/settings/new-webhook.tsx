import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { Item } from '../configuration/configuration-client.ts'
import { words } from '../language/words.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '560px' },
  button: { alignSelf: 'flex-start' },
})

/** Name and address; the signing secret is made here and told once. */
export function NewWebhook(props: {
  /** Names that there are. */
  taken: readonly string[]
  add(webhook: Item, secret: string): void
}) {
  const styles = useStyles()
  const { settings: said, connectors } = words()
  const [id, setId] = useState('')
  const [url, setUrl] = useState('')
  const wrong = props.taken.includes(id)
    ? connectors.idTaken
    : /^([A-Za-z0-9][\w-]{0,62})?$/.test(id)
      ? undefined
      : connectors.idWrong
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        const secret = makeSecret()
        props.add({ id, url: url.trim(), secrets: [secret] }, secret)
        setId('')
        setUrl('')
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
