import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import type { ConfigSchemas } from '../../../src/core/config-port.ts'
import type { ConnectorView } from '../../../src/core/view.ts'
import type { Configuration, Place, TenantItem } from '../configuration/configuration-client.ts'
import { useCardStyles } from '../frame/card-styles.ts'
import { PageSection } from '../frame/page-section.tsx'
import { PageEmpty } from '../frame/page-state.tsx'
import { go } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { addAddress, connectorAddress } from './connector-address.ts'
import { ConnectorDetail } from './connector-detail.tsx'
import { ConnectorHeading } from './connector-heading.tsx'
import { RemoveConnector } from './remove-connector.tsx'

const useStyles = makeStyles({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(340px, 100%), 1fr))',
    alignItems: 'start',
    gap: '16px',
    marginBottom: '16px',
  },
  line: { margin: '4px 0 0', color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '12px' },
})

interface ConnectorListProps {
  readonly configuration: Configuration
  readonly schemas: ConfigSchemas
  readonly views: readonly ConnectorView[]
  resync(place: Place): void
  remove(tenant: TenantItem, id: string): void
}

/** Every configured connector with its health, and what can be done with it. */
export function ConnectorList(props: ConnectorListProps) {
  const styles = useStyles()
  const { card } = useCardStyles()
  const { connectors: said } = words()
  const { configuration } = props
  const places = configuration.tenants.flatMap((tenant) =>
    (tenant.connectors ?? []).map((connector) => ({ tenant, connector })),
  )
  return (
    <PageSection title={said.connected}>
      {places.length === 0 && <PageEmpty>{said.none}</PageEmpty>}
      <div className={styles.cards}>
        {places.map(({ tenant, connector }) => (
          <article key={`${tenant.id}/${connector.id}`} className={card}>
            <ConnectorCard {...props} tenant={tenant} id={connector.id} type={connector.type} />
          </article>
        ))}
      </div>
      {configuration.source === 'stored' && (
        <Button
          appearance="primary"
          icon={<AddRegular />}
          onClick={() => go(addAddress(configuration.tenants[0]?.id))}
        >
          {said.addSystem}
        </Button>
      )}
    </PageSection>
  )
}

interface CardProps extends ConnectorListProps {
  readonly tenant: TenantItem
  readonly id: string
  readonly type: string
}

function ConnectorCard({ configuration, schemas, views, tenant, id, type, resync, remove }: CardProps) {
  const styles = useStyles()
  const { connectors: said } = words()
  const view = views.find((one) => one.tenant === tenant.id && one.id === id)
  const title = [
    schemas.connectors[type]?.title ?? type,
    id,
    ...(configuration.tenants.length > 1 ? [tenant.id] : []),
  ].join(' · ')
  const place = { tenant: tenant.id, id }
  const fixed = configuration.source === 'file'
  return (
    <>
      {view ? (
        <ConnectorDetail connector={view} title={title} />
      ) : (
        <>
          <ConnectorHeading state="starting" title={title} />
          <p className={styles.line}>{said.waiting}</p>
        </>
      )}
      <div className={styles.buttons}>
        <Button
          size="small"
          aria-label={fixed ? said.look(id) : said.change(id)}
          onClick={() => go(connectorAddress(tenant.id, id))}
        >
          {fixed ? said.lookShort : said.changeShort}
        </Button>
        {view && (
          <Button size="small" aria-label={said.resync(id)} onClick={() => resync(place)}>
            {said.resyncShort}
          </Button>
        )}
        {!fixed && <RemoveConnector place={place} tenant={tenant} remove={() => remove(tenant, id)} />}
      </div>
    </>
  )
}
