import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useState } from 'react'
import type { WebhookView } from '../../../src/core/webhook-port.ts'
import { type Item, saveTenant, type TenantItem } from '../configuration/configuration-client.ts'
import { DataTable } from '../frame/data-table.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { usePolled } from '../live/use-polled.ts'
import { exactText } from '../words/time.ts'
import { DeliverySection } from './delivery-section.tsx'
import { NewWebhook } from './new-webhook.tsx'
import { SecretOnce } from './secret-once.tsx'
import { readWebhooks } from './settings-client.ts'
import { settingsWords } from './settings-words.ts'
import type { Told } from './told.ts'
import { WebhookButtons } from './webhook-buttons.tsx'

export interface WebhookSectionProps {
  readonly tenant: TenantItem
  readonly readOnly: boolean
  readonly version: number | undefined
  /** The configuration was changed. */
  changed(): void
}

/** Programs that are told of changes: how they fare, a test, what was given up, and new ones. */
export function WebhookSection({ tenant, readOnly, version, changed }: WebhookSectionProps) {
  const said = settingsWords()
  const [told, tell] = useState<Told>()
  const [made, setMade] = useState<string>()
  const found = usePolled({
    key: `${tenant.id} ${version}`,
    everyMs: 5000,
    read: (signal) => readWebhooks(tenant.id, signal),
  })
  if (!found.value) return found.error ? <PageFailed reason={found.error.message} /> : <PageLoading />
  const { webhooks, events } = found.value
  const now = Date.now()
  const act = (work: Promise<Told>): Promise<boolean> =>
    work.then(
      (done) => {
        tell(done)
        return true
      },
      (error: Error) => {
        tell({ intent: 'error', text: error.message })
        return false
      },
    )
  const written = (tenant.webhooks as readonly Item[] | undefined) ?? []
  const save = (next: readonly Item[], done: string, secret?: string) =>
    act(
      saveTenant({ ...tenant, webhooks: next }, version).then(() => {
        setMade(secret)
        changed()
        return { intent: 'success', text: done }
      }),
    )
  const buttons = (webhook: WebhookView) => (
    <WebhookButtons
      key="buttons"
      {...{ webhook, readOnly, act }}
      remove={() =>
        save(
          written.filter(({ id }) => id !== webhook.id),
          said.removed(webhook.id),
        )
      }
    />
  )
  return (
    <>
      {told && (
        <MessageBar intent={told.intent} layout="multiline">
          <MessageBarBody role="status">{told.text}</MessageBarBody>
        </MessageBar>
      )}
      {made && <SecretOnce title={said.signingTitle} secret={made} />}
      <PageSection title={said.tabs.webhooks}>
        {webhooks.length === 0 ? (
          <PageEmpty>{said.noWebhooks}</PageEmpty>
        ) : (
          <DataTable
            label={said.tabs.webhooks}
            heads={[said.webhook, said.toldOf, said.standing, said.test]}
            lines={webhooks.map((webhook) => ({
              key: webhook.id,
              cells: [
                `${webhook.id} · ${webhook.host}`,
                toldOfText(written.find(({ id }) => id === webhook.id)),
                standingText(webhook, now),
                buttons(webhook),
              ],
            }))}
          />
        )}
      </PageSection>
      <PageSection title={said.givenUp}>
        {events.length === 0 ? (
          <PageEmpty>{said.nothingGivenUp}</PageEmpty>
        ) : (
          <DataTable
            label={said.givenUp}
            heads={[said.when, said.webhook, said.person, said.attempts, said.reason]}
            lines={events.slice(0, 100).map(({ id, at, webhook, person, attempts, reason }) => ({
              key: `${webhook} ${id}`,
              cells: [exactText(at, now), webhook, person, attempts, reason],
            }))}
          />
        )}
      </PageSection>
      {webhooks.length > 0 && <DeliverySection tenant={tenant.id} act={act} />}
      {!readOnly && (
        <PageSection title={said.newWebhook}>
          <NewWebhook
            taken={written.map(({ id }) => String(id))}
            systems={(tenant.connectors ?? []).map(({ id }) => id)}
            add={(webhook, secret) => save([...written, webhook], said.saved, secret)}
          />
        </PageSection>
      )}
    </>
  )
}

/** Whom it is told of, and what: `groups: Sales; what these say: pbx`. */
function toldOfText(webhook: Item | undefined): string {
  const said = settingsWords()
  const named = (key: string) => ((webhook?.[key] as readonly string[] | undefined) ?? []).join(', ')
  const [groups, people, systems] = [named('groups'), named('people'), named('systems')]
  return [
    groups === '' && people === '' ? said.everyone : '',
    groups === '' ? '' : said.ofGroups(groups),
    people === '' ? '' : said.ofPeople(people),
    systems === '' ? '' : said.ofSystems(systems),
  ]
    .filter((part) => part !== '')
    .join('; ')
}

/** `works, last taken at 10:02:31`, or what is in the way. */
function standingText({ trouble, waiting, failed, sentAt }: WebhookView, now: number): string {
  const said = settingsWords()
  return [
    trouble ?? (sentAt === undefined ? said.notYet : said.works),
    sentAt === undefined ? '' : said.sentAt(exactText(sentAt, now)),
    waiting > 0 ? said.waiting(waiting) : '',
    failed > 0 ? said.failed(failed) : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}
