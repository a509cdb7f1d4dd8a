import { Button, Link, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { ConfigSaved } from '../../../src/core/config-port.ts'
import {
  type Configuration,
  readSchemas,
  saveTenant,
  type TenantItem,
  withoutConnector,
} from '../configuration/configuration-client.ts'
import { useConfiguration } from '../configuration/use-configuration.ts'
import type { PageContext } from '../frame/page-context.ts'
import { PageScroll } from '../frame/page-section.tsx'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { go, pageAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { ask, refusalText } from '../live/http.ts'
import { useAnswer } from '../live/use-answer.ts'
import { setUpAddress } from '../set-up/set-up-address.ts'
import { fromSetUp } from './connector-address.ts'
import { ConnectorCatalogue } from './connector-catalogue.tsx'
import { ConnectorEditor } from './connector-editor.tsx'
import { ConnectorList } from './connector-list.tsx'
import { ConnectorSignIn } from './connector-sign-in.tsx'
import { SiteSection } from './site-section.tsx'
import { TenantFilter } from './tenant-filter.tsx'

const MicrosoftView = lazy(() => import('../microsoft/microsoft-view.tsx'))

const stay = (address: string) => address

interface Said {
  readonly intent: 'success' | 'error' | 'warning'
  readonly text: string
  undo?(): void
}

/** Connected systems: what there is, adding, changing, taking out. */
export default function ConnectorsPage({
  systems,
  rest,
  query,
}: Pick<PageContext, 'systems' | 'rest' | 'query'>) {
  const { connectors: words_ } = words()
  const config = useConfiguration()
  const schemas = useAnswer('schemas', readSchemas)
  const [said, say] = useState<Said>()
  const failed = config.error ?? schemas.error
  if (!config.value || !schemas.value) {
    return failed ? <PageFailed reason={failed.message} again={config.reload} /> : <PageLoading />
  }
  const configuration = config.value
  const act = <Answer,>(work: Promise<Answer>, done: (answer: Answer) => Said) =>
    work.then(
      (answer) => {
        say(done(answer))
        config.reload()
      },
      (error: unknown) => say({ intent: 'error', text: refusalText(error) }),
    )
  const remove = (tenant: TenantItem, id: string) =>
    act(saveTenant(withoutConnector(tenant, id), configuration.version), ({ version }) => ({
      ...{ intent: 'success', text: words_.removed(id) },
      // What somebody else has saved since is not overwritten.
      undo: () =>
        void act(saveTenant(tenant, version), () => ({ intent: 'success', text: words_.undone(id) })),
    }))
  const microsoft = query.get('microsoft') ?? undefined
  const only = query.get('tenant') ?? undefined
  const begun = query.get('back') === 'set-up'
  const whose = microsoft ?? only ?? rest[0] ?? configuration.tenants[0]?.id
  const back = begun ? setUpAddress(whose) : pageAddress('connectors')
  const saved = (id: string, { warnings }: ConfigSaved) => {
    const [warning] = warnings
    say({
      intent: warning ? 'warning' : 'success',
      text: [words_.saved(id), ...warnings.map(({ text }) => text)].join(' '),
    })
    config.reload()
    go(back)
  }
  const asked = microsoft === undefined ? placeOf(rest, query, configuration.tenants) : undefined
  const entry = asked && (asked.type ?? '')
  return (
    <PageScroll>
      {said && <Notice said={said} />}
      {asked === undefined && microsoft === undefined && (
        <TenantFilter tenants={configuration.tenants} tenant={only} />
      )}
      {asked === undefined && microsoft === undefined && (
        <ConnectorList
          configuration={withTenant(configuration, only)}
          schemas={schemas.value}
          views={systems.value?.connectors ?? []}
          remove={remove}
          resync={({ tenant, id }) =>
            void act(ask(`/api/v1/connectors/${tenant}/${id}/resync`, { method: 'POST' }), () => ({
              intent: 'success',
              text: words_.resynced,
            }))
          }
        />
      )}
      {asked === undefined && microsoft === undefined && <SiteSection tenant={only} />}
      {(asked || microsoft !== undefined) && (
        <Link href={back}>{begun ? words().setUp.back : words_.back}</Link>
      )}
      {asked && entry === '' && (
        <ConnectorCatalogue
          tenants={configuration.tenants}
          tenant={asked.tenant}
          schemas={schemas.value}
          on={begun ? fromSetUp : stay}
        />
      )}
      {asked && entry && (
        <ConnectorEditor
          key={`${asked.tenant}/${asked.id}/${entry}`}
          configuration={configuration}
          schemas={schemas.value}
          place={asked}
          type={entry}
          fresh={asked.fresh}
          saved={saved}
        />
      )}
      {asked && !asked.fresh && schemas.value.connectors[asked.type]?.signInGives !== undefined && (
        <ConnectorSignIn place={asked} readOnly={configuration.source === 'file'} />
      )}
      {microsoft !== undefined && (
        <Suspense fallback={<PageLoading />}>
          <MicrosoftView
            key={microsoft}
            configuration={configuration}
            schemas={schemas.value}
            tenant={microsoft}
            saved={saved}
          />
        </Suspense>
      )}
    </PageScroll>
  )
}

/** Only what concerns one tenant, where it is said which. */
function withTenant(configuration: Configuration, tenant: string | undefined): Configuration {
  if (tenant === undefined) return configuration
  return { ...configuration, tenants: configuration.tenants.filter(({ id }) => id === tenant) }
}

function Notice({ said }: { said: Said }): ReactNode {
  return (
    <MessageBar intent={said.intent} layout="multiline">
      <MessageBarBody>{said.text}</MessageBarBody>
      {said.undo && (
        <MessageBarActions>
          <Button size="small" onClick={said.undo}>
            {words().connectors.undo}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  )
}

/** What the address asks for: one connector, a new one, or the catalogue; undefined is the list. */
function placeOf(rest: readonly string[], query: URLSearchParams, tenants: readonly TenantItem[]) {
  const [owner, own] = rest
  if (owner && own) {
    const found = tenants.find(({ id }) => id === owner)?.connectors?.find(({ id }) => id === own)
    return found && { tenant: owner, id: own, type: found.type, fresh: false }
  }
  const type = query.get('add')
  if (type === null) return undefined
  const tenant = query.get('tenant') ?? tenants[0]?.id ?? ''
  const taken = new Set(tenants.find(({ id }) => id === tenant)?.connectors?.map(({ id }) => id))
  return { tenant, id: freeId(type, taken), type, fresh: true }
}

/** `asterisk`, or `asterisk-2` where that is taken. */
function freeId(type: string, taken: ReadonlySet<string>): string {
  let id = type
  for (let count = 2; taken.has(id); count++) id = `${type}-${count}`
  return id
}
