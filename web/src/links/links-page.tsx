import { Field, Link, MessageBar, MessageBarBody, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { ConfigWarning } from '../../../src/core/config-port.ts'
import type { ConnectorView } from '../../../src/core/view.ts'
import type { Configuration, LinkItem, TenantItem } from '../configuration/configuration-client.ts'
import { useConfiguration } from '../configuration/use-configuration.ts'
import { VersionHistory } from '../configuration/version-history.tsx'
import type { PageContext } from '../frame/page-context.ts'
import { PageScroll, PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { go, pageAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { useAnswer } from '../live/use-answer.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { AddLink } from './add-link.tsx'
import { LinkEditor } from './link-editor.tsx'
import { BackToLinks, LinkList } from './link-list.tsx'
import { readPlan } from './links-client.ts'
import { linksWords } from './links-words.ts'
import { RoutingDiagram } from './routing-diagram.tsx'

interface Said {
  readonly text: string
  readonly warnings: readonly ConfigWarning[]
}

/** Who follows whom: the links of one tenant, drawn and as a table; one link with its rules. */
export default function LinksPage({ rest, systems }: Pick<PageContext, 'rest' | 'systems'>) {
  const config = useConfiguration()
  const [said, say] = useState<Said>()
  if (!config.value) {
    return config.error ? <PageFailed reason={config.error.message} again={config.reload} /> : <PageLoading />
  }
  const { tenants } = config.value
  const [owner = tenants[0]?.id, from, to] = rest
  const tenant = tenants.find(({ id }) => id === owner)
  if (!tenant) {
    return (
      <PageEmpty>
        {words().connectors.noTenant} <Link href={pageAddress('set-up')}>{words().connectors.toSetUp}</Link>
      </PageEmpty>
    )
  }
  const done = (text: string, warnings: readonly ConfigWarning[] = []) => {
    say({ text, warnings })
    config.reload()
    go(pageAddress('links', tenant.id))
  }
  return (
    <PageScroll>
      {said && <Notice said={said} />}
      {config.value.source === 'file' && (
        <MessageBar layout="multiline">
          <MessageBarBody>{linksWords().readOnly}</MessageBarBody>
        </MessageBar>
      )}
      {tenants.length > 1 && from === undefined && <TenantChoice {...{ tenants, tenant }} />}
      <OfTenant
        // What runs is asked for again whenever something was saved.
        key={`${tenant.id} ${config.value.version} ${JSON.stringify(tenant.links)}`}
        configuration={config.value}
        tenant={tenant}
        ends={from !== undefined && to !== undefined ? { from, to } : undefined}
        views={systems.value?.connectors ?? []}
        done={done}
      />
    </PageScroll>
  )
}

interface OfTenantProps {
  readonly configuration: Configuration
  readonly tenant: TenantItem
  readonly ends: LinkItem | undefined
  readonly views: readonly ConnectorView[]
  done(text: string, warnings?: readonly ConfigWarning[]): void
}

function OfTenant({ configuration, tenant, ends, views, done }: OfTenantProps) {
  const said = linksWords()
  const plan = useAnswer(tenant.id, (signal) => readPlan(tenant.id, signal))
  if (plan.error) return <PageFailed reason={plan.error.message} />
  if (!plan.value) return <PageLoading />
  const readOnly = configuration.source === 'file'
  const { version } = configuration
  if (ends) {
    const saved = (tenant.links ?? []).find(({ from, to }) => from === ends.from && to === ends.to)
    const known = (id: string) => plan.value?.systems.some((system) => system.id === id)
    return (
      <>
        <BackToLinks />
        {!saved && (
          <MessageBar>
            <MessageBarBody>{said.fresh}</MessageBarBody>
          </MessageBar>
        )}
        {known(ends.from) && known(ends.to) && (
          <LinkEditor
            key={`${ends.from} ${ends.to}`}
            {...{ tenant, readOnly, version, done }}
            plan={plan.value}
            link={saved ?? ends}
            fresh={!saved}
          />
        )}
      </>
    )
  }
  return (
    <>
      <PageSection title={said.routing}>
        {(tenant.links ?? []).length > 0 && (
          <RoutingDiagram plan={plan.value} links={tenant.links ?? []} views={views} />
        )}
        <LinkList {...{ tenant, readOnly }} plan={plan.value} />
      </PageSection>
      {!readOnly && plan.value.systems.length > 2 && (
        <PageSection title={said.addLink}>
          <p>{said.addText}</p>
          <AddLink plan={plan.value} tenant={tenant} />
        </PageSection>
      )}
      <PageSection title={words().versions.title}>
        <VersionHistory {...{ configuration, tenant }} done={done} />
      </PageSection>
    </>
  )
}

function TenantChoice({ tenants, tenant }: { tenants: readonly TenantItem[]; tenant: TenantItem }) {
  return (
    <Field label={linksWords().tenant}>
      <Select value={tenant.id} onChange={(_, { value }) => go(pageAddress('links', value))}>
        {tenants.map(({ id }) => (
          <option key={id}>{id}</option>
        ))}
      </Select>
    </Field>
  )
}

function Notice({ said }: { said: Said }) {
  return (
    <MessageBar intent={said.warnings.length > 0 ? 'warning' : 'success'} layout="multiline">
      <MessageBarBody>
        <span role="status">{said.text}</span>{' '}
        <HubSpan>{said.warnings.map(({ text, fix }) => [text, fix].join(' ')).join(' ')}</HubSpan>
      </MessageBarBody>
    </MessageBar>
  )
}
