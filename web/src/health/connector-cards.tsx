import { makeStyles, tokens } from '@fluentui/react-components'
import type { ConnectorView } from '../../../src/core/view.ts'
import type { HealthDetails } from '../../../src/core/workings.ts'
import { ConnectorDetail } from '../connectors/connector-detail.tsx'
import { connectorTitle } from '../connectors/connector-title.ts'
import { useCardStyles } from '../frame/card-styles.ts'
import { PageEmpty } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { healthWords } from './health-words.ts'
import { Queues, WorkingsList } from './workings.tsx'

const useStyles = makeStyles({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(320px, 100%), 1fr))',
    alignItems: 'start',
    gap: '16px',
  },
  hub: { margin: '12px 0 0', color: tokens.colorNeutralForeground2 },
})

interface ConnectorCardsProps {
  readonly connectors: readonly ConnectorView[]
  /** Undefined until they were read. */
  readonly details: HealthDetails | undefined
}

const order: readonly ConnectorView['health']['state'][] = ['down', 'degraded', 'starting', 'stopped', 'up']

/** Every system with how it works, those with problems first, and what waits in the hub itself. */
export function ConnectorCards({ connectors, details }: ConnectorCardsProps) {
  const styles = useStyles()
  const { card } = useCardStyles()
  if (connectors.length === 0) return <PageEmpty>{words().pages.health.noConnectors}</PageEmpty>
  const sorted = connectors.toSorted((a, b) => order.indexOf(a.health.state) - order.indexOf(b.health.state))
  const detailsOf = ({ tenant, id }: ConnectorView) =>
    details?.systems.find((one) => one.tenant === tenant && one.connector === id)
  return (
    <>
      <div className={styles.cards}>
        {sorted.map((connector) => {
          const own = detailsOf(connector)
          return (
            <article key={`${connector.tenant}/${connector.id}`} className={card}>
              <ConnectorDetail
                connector={connector}
                title={connectorTitle(connector, connectors)}
                withoutWords
              />
              {own && <WorkingsList details={own} />}
            </article>
          )
        })}
      </div>
      {details && details.queues.length > 0 && (
        <div className={styles.hub}>
          {healthWords().hub}: <Queues queues={details.queues} />
        </div>
      )}
    </>
  )
}
