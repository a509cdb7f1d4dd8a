import { Button, Field, makeStyles, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { LinkPlan } from '../../../src/core/link-plan.ts'
import type { TenantItem } from '../configuration/configuration-client.ts'
import { go, pageAddress } from '../frame/route.ts'
import { linksWords } from './links-words.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end' },
  field: { flex: '1 1 200px', maxWidth: '320px', minWidth: 0 },
})

/** Two ends; the rest is said on the page of the link, before anything is saved. */
export function AddLink({ plan, tenant }: { plan: LinkPlan; tenant: TenantItem }) {
  const styles = useStyles()
  const said = linksWords()
  const targets = plan.systems.filter(({ settable }) => settable.length > 0)
  const isThere = (from: string, to: string) =>
    (tenant.links ?? []).some((link) => link.from === from && link.to === to)
  const [first] = plan.systems.flatMap((from) =>
    targets
      .filter((to) => from.id !== to.id && !isThere(from.id, to.id))
      .map((to) => [from.id, to.id] as const),
  )
  const [from, setFrom] = useState(first?.[0] ?? '')
  const [to, setTo] = useState(first?.[1] ?? '')
  const exists = isThere(from, to)
  const wrong = from === to ? said.sameEnds : exists ? said.exists : undefined
  const option = ({ id, title }: { id: string; title: string }) => (
    <option key={id} value={id}>
      {title === id ? id : `${title} (${id})`}
    </option>
  )
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong) go(pageAddress('links', tenant.id, from, to))
      }}
    >
      <Field className={styles.field} label={said.from}>
        <Select value={from} onChange={(_, { value }) => setFrom(value)}>
          {plan.systems.map(option)}
        </Select>
      </Field>
      <Field
        className={styles.field}
        label={said.to}
        {...(wrong && { validationState: 'warning' as const, validationMessage: wrong })}
      >
        <Select value={to} onChange={(_, { value }) => setTo(value)}>
          {targets.map(option)}
        </Select>
      </Field>
      <Button type="submit" disabled={wrong !== undefined}>
        {said.add}
      </Button>
    </form>
  )
}
