import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ConnectorView, PersonView } from '../../../src/core/view.ts'
import type { HealthDetails, SystemDetails } from '../../../src/core/workings.ts'
import { connectorTitle } from '../connectors/connector-title.ts'
import type { ConnectorsAnswer } from '../connectors/use-connectors.ts'
import { PageScroll, PageSection } from '../frame/page-section.tsx'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { type Polled, usePolled } from '../live/use-polled.ts'
import { AlertList, ChannelList } from './alert-list.tsx'
import { ConnectorCards } from './connector-cards.tsx'
import { ContestedList } from './contested-list.tsx'
import { findNotices } from './find-notices.ts'
import { readAlerts, readHealth, readLatency } from './health-client.ts'
import { healthWords } from './health-words.ts'
import { LatencySection } from './latency-section.tsx'
import { NoticeList } from './notice-list.tsx'
import { RepairList } from './repair-section.tsx'
import { WordList } from './word-list.tsx'

const everyMs = 10_000
const nothing: HealthDetails = { queues: [], systems: [] }

interface HealthPageProps {
  readonly systems: Polled<ConnectorsAnswer>
  readonly people: ReadonlyMap<string, PersonView> | undefined
  /** How the board stands with the hub: a change asks again. */
  readonly link: string
}

/** How the hub itself fares: what is wrong, each system and how it works, how long changes take, what was mended. */
export default function HealthPage({ systems, people, link }: HealthPageProps) {
  const { health } = words().pages
  const said = healthWords()
  const now = useNow()
  const alerts = usePolled({ key: link, everyMs, read: readAlerts })
  const latency = usePolled({ key: link, everyMs, read: readLatency })
  const details = usePolled({ key: link, everyMs, read: readHealth })
  const connectors = systems.value?.connectors ?? []
  const known = connectors.map((one) => ({ ...one, title: connectorTitle(one, connectors) }))
  const notices = findNotices(details.value ?? nothing, known, now)
  const trouble = connectors.some(({ health: { state } }) => state === 'down')
  const titleOf = (system: SystemDetails) => titleAmong(known, system)
  return (
    <PageScroll>
      <PageSection title={health.alerts}>
        <Answered {...alerts}>
          {(value) => <AlertList alerts={value.alerts} trouble={trouble} calm={notices.length === 0} />}
        </Answered>
        <NoticeList notices={notices} />
      </PageSection>
      <PageSection title={health.connectors}>
        <Answered {...systems}>
          {(value) => <ConnectorCards connectors={value.connectors} details={details.value} />}
        </Answered>
      </PageSection>
      <PageSection title={health.latency}>
        <Answered {...latency}>{(links) => <LatencySection links={links} />}</Answered>
      </PageSection>
      <PageSection title={said.mended}>
        <Answered {...details}>
          {(value) => <RepairList systems={value.systems} people={people} titleOf={titleOf} />}
        </Answered>
      </PageSection>
      <PageSection title={health.contested}>
        <ContestedList people={people} />
      </PageSection>
      <PageSection title={said.words}>
        <Answered {...systems}>{() => <WordList connectors={known} />}</Answered>
      </PageSection>
      {(alerts.value?.channels.length ?? 0) > 0 && (
        <PageSection title={health.channels}>
          <ChannelList channels={alerts.value?.channels ?? []} />
        </PageSection>
      )}
    </PageScroll>
  )
}

function titleAmong(
  connectors: readonly Pick<ConnectorView, 'tenant' | 'id' | 'title'>[],
  { tenant, connector, title }: SystemDetails,
): string {
  return connectors.find((one) => one.tenant === tenant && one.id === connector)?.title ?? title
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
