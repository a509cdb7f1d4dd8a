import { Button, makeStyles, ToggleButton, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Delivery } from '../../../src/core/webhook-port.ts'
import { DataTable } from '../frame/data-table.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { usePolled } from '../live/use-polled.ts'
import { HubText } from '../words/hub-text.tsx'
import { exactText, lengthText } from '../words/time.ts'
import { readDeliveries, replayEvents } from './settings-client.ts'
import { settingsWords } from './settings-words.ts'
import type { Told } from './told.ts'

/** Type of an event that only tries a receiver; it is not kept. */
const testType = 'hookswitch.test'

const useStyles = makeStyles({
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
  filter: { display: 'flex', flexWrap: 'wrap', gap: '6px', border: 'none', margin: '8px 0', padding: 0 },
})

/** Attempts to deliver events to the webhooks of a tenant, newest first, all or those that failed. */
export function DeliverySection({ tenant, act }: { tenant: string; act(work: Promise<Told>): void }) {
  const styles = useStyles()
  const said = settingsWords()
  const [failedOnly, choose] = useState(false)
  const { value, error } = usePolled({
    key: `${tenant} ${failedOnly}`,
    everyMs: 5000,
    read: (signal) => readDeliveries({ tenant, failedOnly }, signal),
  })
  // The answer to the other filter stands until the new one is there.
  const shown = value?.filter(({ outcome }) => !failedOnly || outcome === 'failed')
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
      {shown && shown.length > 0 && <DeliveryTable deliveries={shown} act={act} />}
    </PageSection>
  )
}

/** An event that was tried again, or was taken since, has nothing to send at its earlier attempts. */
function DeliveryTable({
  deliveries,
  act,
}: {
  deliveries: readonly Delivery[]
  act(work: Promise<Told>): void
}) {
  const said = settingsWords()
  const now = Date.now()
  const newest = new Map(deliveries.toReversed().map((one) => [`${one.webhook} ${one.id}`, one]))
  const resend = async ({ tenant, webhook, id }: Delivery): Promise<Told> => ({
    ...{ intent: 'success', text: said.replayed(await replayEvents(tenant, webhook, id)) },
  })
  const again = (one: Delivery) =>
    one.outcome === 'failed' &&
    one.type !== testType &&
    newest.get(`${one.webhook} ${one.id}`) === one && (
      <Button key="again" size="small" aria-label={said.resendNamed(one.id)} onClick={() => act(resend(one))}>
        {said.resend}
      </Button>
    )
  return (
    <DataTable
      label={said.deliveries}
      heads={[
        said.when,
        said.webhook,
        said.event,
        said.attempt,
        said.outcome,
        said.took,
        said.nextAttempt,
        said.resend,
      ]}
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
          again(one),
        ],
      }))}
    />
  )
}

function Outcome({ delivery: { outcome, status, reason } }: { delivery: Delivery }) {
  const said = settingsWords()
  if (outcome === 'taken') return said.takenWith(String(status))
  if (status !== undefined) return said.failedWith(String(status))
  return (
    <>
      {said.unanswered}
      <HubText>{reason}</HubText>
    </>
  )
}
