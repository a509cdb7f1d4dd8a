import { Field, Link, makeStyles, Select, tokens } from '@fluentui/react-components'
import type { ConfigSchemas, ConnectorEntry } from '../../../src/core/config-port.ts'
import type { TenantItem } from '../configuration/configuration-client.ts'
import { useCardStyles } from '../frame/card-styles.ts'
import { PageSection } from '../frame/page-section.tsx'
import { PageEmpty } from '../frame/page-state.tsx'
import { go, pageAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { addAddress, microsoftAddress } from './connector-address.ts'

const useStyles = makeStyles({
  text: { margin: '0 0 12px', maxWidth: '640px' },
  kind: { margin: '20px 0 8px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(260px, 100%), 1fr))',
    gap: '12px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  title: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  line: { color: tokens.colorNeutralForeground2, marginTop: '4px' },
  quiet: {
    color: tokens.colorNeutralForeground3,
    marginTop: '4px',
    fontSize: tokens.fontSizeBase200,
  },
  tenant: { maxWidth: '320px' },
})

interface CatalogueProps {
  readonly tenants: readonly TenantItem[]
  readonly tenant: string
  readonly schemas: ConfigSchemas
  /** Of an address, where it leads back to. */
  on(address: string): string
}

/** Every system that there is a connector for, by kind; a press begins to add one. */
export function ConnectorCatalogue({ tenants, tenant, schemas, on }: CatalogueProps) {
  const styles = useStyles()
  const { card } = useCardStyles()
  const { connectors: said } = words()
  const entries = Object.entries(schemas.connectors)
  const kinds = [...new Set(entries.map(([, { kind }]) => kind))]
  if (tenants.length === 0) {
    return (
      <PageSection title={said.catalogue}>
        <PageEmpty>{said.noTenant}</PageEmpty>
        <Link href={pageAddress('set-up')}>{said.toSetUp}</Link>
      </PageSection>
    )
  }
  return (
    <PageSection title={said.catalogue}>
      <p className={styles.text}>{said.catalogueText}</p>
      {tenants.length > 1 && (
        <Field label={said.tenant} className={styles.tenant}>
          <Select value={tenant} onChange={(_, { value }) => go(on(addAddress(value)))}>
            {tenants.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </Select>
        </Field>
      )}
      {kinds.map((kind) => (
        <div key={kind}>
          <h3 className={styles.kind}>{said.kinds[kind]}</h3>
          <ul className={styles.cards}>
            {entries
              .filter(([, entry]) => entry.kind === kind)
              .map(([type, entry]) => (
                <li key={type} className={card}>
                  <Entry type={type} entry={entry} tenant={tenant} on={on} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </PageSection>
  )
}

interface EntryProps extends Pick<CatalogueProps, 'tenant' | 'on'> {
  readonly type: string
  readonly entry: ConnectorEntry
}

function Entry({ type, entry, tenant, on }: EntryProps) {
  const styles = useStyles()
  const { connectors: said } = words()
  const href = on(entry.kind === 'collaboration' ? microsoftAddress(tenant) : addAddress(tenant, type))
  return (
    <>
      <Link href={href} className={styles.title} aria-label={said.addThis(entry.title)}>
        {entry.title}
      </Link>
      <div className={styles.line}>
        {said.readsText(entry.reads.map((one) => said.reads[one]).join(', '))}
      </div>
      <div className={styles.line}>{entry.writes ? said.writesText : said.readsOnly}</div>
      <div className={styles.quiet}>{said.transports[entry.transport]}</div>
    </>
  )
}
