import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { saveTenant } from '../configuration/configuration-client.ts'
import { idPattern } from '../form/id-pattern.ts'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { useSending } from '../session/use-sending.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', alignItems: 'flex-start', width: '100%' },
  field: { width: '100%', maxWidth: '360px' },
})

interface TenantStepProps {
  /** Names of tenants that there are. */
  readonly taken: readonly string[]
  saved(tenant: string): void
}

/** Names the tenant. Its people come from the directories, until somebody lists them. */
export function TenantStep({ taken, saved }: TenantStepProps) {
  const styles = useStyles()
  const { setUp: said, connectors } = words()
  const [name, setName] = useState('')
  const { busy, refused, send } = useSending()
  // One of the same name would be put in the place of the one that there is.
  const wrong = taken.includes(name)
    ? said.tenantTaken
    : idPattern.test(name)
      ? undefined
      : connectors.idWrong
  const right = wrong === undefined
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!right) return
        send(async () => {
          await saveTenant({ id: name })
          saved(name)
        })
      }}
    >
      <Field
        label={said.tenantName}
        hint={said.tenantHint}
        className={styles.field}
        {...(name !== '' && !right && { validationState: 'error' as const, validationMessage: wrong })}
      >
        <Input value={name} onChange={(_, { value }) => setName(value)} />
      </Field>
      <Refused text={refused} />
      <Button type="submit" appearance="primary" disabled={busy || !right}>
        {said.nameIt}
      </Button>
    </form>
  )
}
