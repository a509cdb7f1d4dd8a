import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ConnectorView, PersonView } from '../../../src/core/view.ts'
import { ConnectorDetail } from '../connectors/connector-detail.tsx'
import { connectorTitle } from '../connectors/connector-title.ts'
import type { ConnectorsAnswer } from '../connectors/use-connectors.ts'
import { PageScroll, PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { type Polled, usePolled } from '../live/use-polled.ts'
import { AlertList, ChannelList } from './alert-list.tsx'
import { ContestedList } from './contested-list.tsx'
import { readAlerts, readLatency } from './health-client.ts'
import { LatencyTables } from './latency-tables.tsx'

const everyMs = 10_000

const useStyles = makeStyles({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(320px, 100%), 1fr))',
    alignItems: 'start',
    gap: '16px',
  },
  card: {
    minWidth: 0,
    padding: '12px 16px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
})

interface HealthPageProps {
  readonly systems: Polled<ConnectorsAnswer>
  readonly people: ReadonlyMap<string, PersonView> | undefined
  /** How the board stands with the hub: a change asks again. */
  readonly link: string
}

/** How the hub itself fares: what is wrong, each system, how long changes take, who else writes. */
export default function HealthPage({ systems, people, link }: HealthPageProps) {
  const { health } = words().pages
  const alerts = usePolled({ key: link, everyMs, read: readAlerts })
  const latency = usePolled({ key: link, everyMs, read: readLatency })
  const trouble = systems.value?.connectors.some(({ health: { state } }) => state === 'down') ?? false
  return (
    <PageScroll>
      <PageSection title={health.alerts}>
        <Answered {...alerts}>{(value) => <AlertList alerts={value.alerts} trouble={trouble} />}</Answered>
      </PageSection>
      <PageSection title={health.connectors}>
        <Answered {...systems}>{({ connectors }) => <ConnectorCards connectors={connectors} />}</Answered>
      </PageSection>
      <PageSection title={health.latency}>
        <Answered {...latency}>{(links) => <LatencyTables links={links} />}</Answered>
      </PageSection>
      <PageSection title={health.contested}>
        <ContestedList people={people} />
      </PageSection>
      {(alerts.value?.channels.length ?? 0) > 0 && (
        <PageSection title={health.channels}>
          <ChannelList channels={alerts.value?.channels ?? []} />
        </PageSection>
      )}
    </PageScroll>
  )
}

/** The last good answer; that a newer one is missing is said above it. */
function Answered<Value>({ value, error, children }: Polled<Value> & { children(value: Value): ReactNode }) {
  if (value === undefined) return error ? <PageFailed reason={error.message} /> : <PageLoading />
  return (
    <>
      {error && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{words().pages.olderThanShown}</MessageBarBody>
        </MessageBar>
      )}
      {children(value)}
    </>
  )
}

function ConnectorCards({ connectors }: { connectors: readonly ConnectorView[] }) {
  const styles = useStyles()
  if (connectors.length === 0) return <PageEmpty>{words().pages.health.noConnectors}</PageEmpty>
  return (
    <div className={styles.cards}>
      {connectors.map((connector) => (
        <article key={`${connector.tenant}/${connector.id}`} className={styles.card}>
          <ConnectorDetail connector={connector} title={connectorTitle(connector, connectors)} />
        </article>
      ))}
    </div>
  )
}
