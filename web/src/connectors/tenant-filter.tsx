import { Field, makeStyles, Select } from '@fluentui/react-components'
import type { TenantItem } from '../configuration/configuration-client.ts'
import { go, pageAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'

const useStyles = makeStyles({ field: { maxWidth: '360px' } })

/** Whose systems are shown; nothing where there is one tenant. */
export function TenantFilter(props: { tenants: readonly TenantItem[]; tenant: string | undefined }) {
  const styles = useStyles()
  const { board } = words()
  if (props.tenants.length < 2) return null
  const show = (tenant: string) =>
    go(`${pageAddress('connectors')}${tenant === '' ? '' : `?${new URLSearchParams({ tenant })}`}`)
  return (
    <Field label={board.tenant} className={styles.field}>
      <Select value={props.tenant ?? ''} onChange={(_, { value }) => show(value)}>
        <option value="">{board.allTenants}</option>
        {props.tenants.map(({ id }) => (
          <option key={id}>{id}</option>
        ))}
      </Select>
    </Field>
  )
}
