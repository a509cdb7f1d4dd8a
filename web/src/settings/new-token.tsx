import { Button, Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { TokenScope, TokenWish } from '../../../src/core/token-port.ts'
import { CheckGroup } from '../form/check-group.tsx'
import { settingsWords } from './settings-words.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '560px' },
  button: { alignSelf: 'flex-start' },
})

const scopes: readonly TokenScope[] = ['read', 'signal', 'ring', 'admin']
const dayMs = 86_400_000
const lives = { month: 30 * dayMs, year: 365 * dayMs, good: undefined } as const

/** Name, what it may do, where, and for how long. */
export function NewToken(props: {
  tenants: readonly string[]
  mayAll: boolean
  make(wish: TokenWish): void
}) {
  const styles = useStyles()
  const said = settingsWords()
  const { tenants, mayAll, make } = props
  const [name, setName] = useState('')
  const [may, setMay] = useState<readonly TokenScope[]>(['read'])
  const [tenant, setTenant] = useState(tenants[0] ?? '')
  const [life, setLife] = useState<keyof typeof lives>('year')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        const lasts = lives[life]
        make({
          ...{ name: name.trim(), scopes: may },
          ...(tenant !== '' && { tenants: [tenant] }),
          ...(lasts !== undefined && { expiresAt: Date.now() + lasts }),
        })
        setName('')
      }}
    >
      <Field label={said.name} required>
        <Input value={name} maxLength={100} onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field label={said.scopes}>
        <CheckGroup words={scopes} chosen={may} labelOf={(scope) => said.scopeNames[scope]} change={setMay} />
      </Field>
      <Field label={said.reaches}>
        <Select value={tenant} onChange={(_, { value }) => setTenant(value)}>
          {tenants.map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
          {mayAll && <option value="">{said.allTenants}</option>}
        </Select>
      </Field>
      <Field label={said.expiry}>
        <Select value={life} onChange={(_, { value }) => setLife(value as keyof typeof lives)}>
          {(Object.keys(lives) as (keyof typeof lives)[]).map((key) => (
            <option key={key} value={key}>
              {said.expiries[key]}
            </option>
          ))}
        </Select>
      </Field>
      <Button
        type="submit"
        appearance="primary"
        className={styles.button}
        disabled={name.trim() === '' || may.length === 0}
      >
        {said.makeToken}
      </Button>
    </form>
  )
}
