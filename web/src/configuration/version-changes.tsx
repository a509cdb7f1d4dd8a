import { Button, makeStyles } from '@fluentui/react-components'
import type { ConfigDifference, ConfigVersion } from '../../../src/core/config-port.ts'
import { DataTable } from '../frame/data-table.tsx'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { deleteLink, putLink } from '../links/links-client.ts'
import { useAnswer } from '../live/use-answer.ts'
import type { Configuration, LinkItem, TenantItem } from './configuration-client.ts'
import { readVersion } from './versions-client.ts'

const useStyles = makeStyles({
  text: { margin: '8px 0 0' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '8px' },
})

interface VersionChangesProps {
  readonly configuration: Configuration
  readonly tenant?: TenantItem
  readonly version: ConfigVersion
  readonly inForce: boolean
  done(text: string): void
  failed(error: Error): void
}

/** What a version changed, value by value; a link that it changed can be taken back alone. */
export function VersionChanges(props: VersionChangesProps) {
  const styles = useStyles()
  const { versions: said } = words()
  const { configuration, tenant, version, inForce, done, failed } = props
  const { version: number } = version
  const past = useAnswer(String(number), (signal) => readVersion(number, signal))
  if (past.error) return <PageFailed reason={past.error.message} />
  if (!past.value) return <PageLoading />
  const differences = past.value.differences.filter((one) => !tenant || one.tenant === tenant.id)
  if (differences.length === 0) {
    return <p className={styles.text}>{number > 1 && !tenant ? said.notKnown : said.unchanged}</p>
  }
  const was = linksOf(past.value.config, tenant?.id)
  const restoreLink = (id: string) => {
    if (!tenant) return
    const [from = '', to = ''] = id.split(' to ')
    const link = was.find((one) => one.from === from && one.to === to)
    const change = { version: configuration.version, comment: said.backLink(`${from} → ${to}`) }
    const work = link ? putLink(tenant.id, link, change) : deleteLink(tenant.id, { from, to }, change)
    void work.then(() => done(said.done(number)), failed)
  }
  return (
    <>
      <DataTable
        label={said.lookAt(number)}
        heads={[said.what, said.was, said.is]}
        lines={differences.map((one) => ({
          key: `${one.tenant} ${one.path}`,
          cells: [pathText(one, tenant), one.was ?? '–', one.is ?? '–'],
        }))}
      />
      {tenant && !inForce && configuration.source === 'stored' && (
        <div className={styles.buttons}>
          {linkIds(differences).map((id) => (
            <Button key={id} size="small" onClick={() => restoreLink(id)}>
              {said.backLink(id.replace(' to ', ' → '))}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

function pathText({ tenant: owner, path }: ConfigDifference, tenant: TenantItem | undefined): string {
  const { versions: said } = words()
  const place = path === '' ? said.wholeTenant : path
  return tenant ? place : [owner === '' ? said.ofHub : owner, place].join(': ')
}

/** `links.pbx to teams.grace` is about `pbx to teams`. */
function linkIds(differences: readonly ConfigDifference[]): readonly string[] {
  const ids = differences.flatMap(({ path }) => /^links\.(\S+ to [^.\s]+)/.exec(path)?.[1] ?? [])
  return [...new Set(ids)]
}

function linksOf(config: unknown, id: string | undefined): readonly LinkItem[] {
  const { tenants } = (config ?? {}) as { readonly tenants?: readonly TenantItem[] }
  return tenants?.find((tenant) => tenant.id === id)?.links ?? []
}
