import {
  Field,
  Link,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Select,
  Tab,
  TabList,
} from '@fluentui/react-components'
import { useState } from 'react'
import { useConfiguration } from '../configuration/use-configuration.ts'
import type { PageContext } from '../frame/page-context.ts'
import { PageScroll } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { go, pageAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { operates } from '../session/caller-signs.ts'
import { HubConfiguration } from './hub-configuration.tsx'
import { hubPartWords } from './hub-part-words.ts'
import { HubSettings } from './hub-settings.tsx'
import { settingsWords } from './settings-words.ts'
import { TenantSettings } from './tenant-settings.tsx'
import { TokenSection } from './token-section.tsx'
import { WebhookSection } from './webhook-section.tsx'

const tabs = ['tenant', 'tokens', 'webhooks', 'parts', 'hub'] as const
/** Of those who run the hub. */
const ofHub: readonly TabName[] = ['parts', 'hub']
type TabName = (typeof tabs)[number]

const useStyles = makeStyles({ tabs: { flexWrap: 'wrap' } })

/** Settings of a tenant, tokens and webhooks for programs, and the configuration of the hub for its operators. */
export default function SettingsPage(context: PageContext) {
  const styles = useStyles()
  const { rest } = context
  const said = settingsWords()
  const { connectors } = words()
  const config = useConfiguration()
  const [chosen, choose] = useState<string>()
  const [done, tell] = useState<string>()
  if (!config.value) {
    return config.error ? <PageFailed reason={config.error.message} again={config.reload} /> : <PageLoading />
  }
  const { tenants, source, version } = config.value
  const runsHub = operates(context)
  const shown = tabs.filter((name) => runsHub || !ofHub.includes(name))
  const tab: TabName = shown.find((name) => name === rest[0]) ?? 'tenant'
  const tenant = tenants.find(({ id }) => id === chosen) ?? tenants[0]
  // What was saved is read again and drawn anew; the sentence about it stays.
  const changed = (text: string) => {
    tell(text)
    config.reload()
  }
  const parts = { configuration: config.value, changed }
  return (
    <PageScroll>
      <TabList
        className={styles.tabs}
        selectedValue={tab}
        onTabSelect={(_, { value }) => {
          tell(undefined)
          go(pageAddress('settings', String(value)))
        }}
      >
        {shown.map((name) => (
          <Tab key={name} value={name}>
            {name === 'parts' ? hubPartWords().tab : said.tabs[name]}
          </Tab>
        ))}
      </TabList>
      {done !== undefined && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody role="status">{done}</MessageBarBody>
        </MessageBar>
      )}
      {source === 'file' && (
        <MessageBar layout="multiline">
          <MessageBarBody>{said.readOnly}</MessageBarBody>
        </MessageBar>
      )}
      {tenants.length > 1 && (tab === 'tenant' || tab === 'webhooks') && (
        <Field label={said.tenant}>
          <Select value={tenant?.id ?? ''} onChange={(_, { value }) => choose(value)}>
            {tenants.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </Select>
        </Field>
      )}
      {!tenant && (tab === 'tenant' || tab === 'webhooks') && (
        <PageEmpty>
          {connectors.noTenant} <Link href={pageAddress('set-up')}>{connectors.toSetUp}</Link>
        </PageEmpty>
      )}
      {tab === 'tenant' && tenant && (
        <TenantSettings key={`${tenant.id} ${version}`} {...parts} tenant={tenant} />
      )}
      {tab === 'tokens' && <TokenSection tenants={tenants.map(({ id }) => id)} mayAll={runsHub} />}
      {tab === 'webhooks' && tenant && (
        <WebhookSection
          key={tenant.id}
          {...{ tenant, version }}
          readOnly={source === 'file'}
          changed={config.reload}
        />
      )}
      {tab === 'parts' && <HubSettings {...parts} wanted={rest[1]} />}
      {tab === 'hub' && <HubConfiguration {...parts} />}
    </PageScroll>
  )
}
