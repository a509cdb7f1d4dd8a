import { makeStyles, ToggleButton, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Delivery } from '../../../src/core/webhook-port.ts'
import { DataTable } from '../frame/data-table.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { usePolled } from '../live/use-polled.ts'
import { HubText } from '../words/hub-text.tsx'
import { exactText, lengthText } from '../words/time.ts'
import { readDeliveries } from './settings-client.ts'

/** The page shows so many; the API has all that are kept. */
const mostShown = 200

const useStyles = makeStyles({
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
  filter: { display: 'flex', flexWrap: 'wrap', gap: '6px', border: 'none', margin: '8px 0', padding: 0 },
})

/** Attempts to deliver events to the webhooks of a tenant, newest first, all or those that failed. */
export function DeliverySection({ tenant }: { tenant: string }) {
  const styles = useStyles()
  const { settings: said } = words()
  const [failedOnly, choose] = useState(false)
  const { value, error } = usePolled({
    key: `${tenant} ${failedOnly}`,
    everyMs: 5000,
    read: (signal) => readDeliveries({ tenant, failedOnly }, signal),
  })
  // The answer to the other filter stands until the new one is there.
  const shown = value?.filter(({ outcome }) => !failedOnly || outcome === 'failed').slice(0, mostShown)
  return (
    <PageSection title={said.deliveries}>
      <p className={styles.note}>{said.deliveriesText}</p>
      <fieldset aria-label={said.deliveries} className={styles.filter}>
        {[false, true].map((failed) => (
          <ToggleButton
            key={String(failed)}
            size="small"
            checked={failedOnly === failed}
            onClick={() => choose(failed)}
          >
            {failed ? said.failedDeliveries : said.allDeliveries}
          </ToggleButton>
        ))}
      </fieldset>
      {!shown && (error ? <PageFailed reason={error.message} /> : <PageLoading />)}
      {shown?.length === 0 && (
        <PageEmpty>{failedOnly ? said.noFailedDeliveries : said.noDeliveries}</PageEmpty>
      )}
      {shown && shown.length > 0 && <DeliveryTable deliveries={shown} />}
    </PageSection>
  )
}

function DeliveryTable({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { settings: said } = words()
  const now = Date.now()
  return (
    <DataTable
      label={said.deliveries}
      heads={[said.when, said.webhook, said.event, said.attempt, said.outcome, said.took, said.nextAttempt]}
      lines={deliveries.map((one) => ({
        key: `${one.webhook} ${one.id} ${one.attempt} ${one.at}`,
        cells: [
          exactText(one.at, now),
          one.webhook,
          `${one.type} ${one.id}`,
          one.attempt,
          <Outcome key="outcome" delivery={one} />,
          lengthText(one.tookMs),
          one.nextAt === undefined ? '' : exactText(one.nextAt, now),
        ],
      }))}
    />
  )
}

function Outcome({ delivery: { outcome, status, reason } }: { delivery: Delivery }) {
  const { settings: said } = words()
  if (outcome === 'taken') return said.takenWith(String(status))
  if (status !== undefined) return said.failedWith(String(status))
  return (
    <>
      {said.unanswered}
      <HubText>{reason}</HubText>
    </>
  )
}
