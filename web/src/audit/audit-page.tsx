import { Button, makeStyles } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { useState } from 'react'
import type { PageContext } from '../frame/page-context.ts'
import { PageScroll, PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { download } from '../live/download.ts'
import { operates } from '../session/caller-signs.ts'
import { useSending } from '../session/use-sending.ts'
import { type AuditFilters, auditTablePath } from './audit-client.ts'
import { AuditForm } from './audit-form.tsx'
import { AuditList } from './audit-list.tsx'
import { useAudit } from './use-audit.ts'

const useStyles = makeStyles({ more: { marginTop: '12px' } })

type AuditPageProps = Pick<
  PageContext,
  'tenants' | 'people' | 'session' | 'token' | 'audit' | 'configuration'
>

const nothingAsked = { who: '', what: '', about: '', from: '', to: '' }

/** Who looked at or changed what. */
export default function AuditPage({ tenants, people, ...signs }: AuditPageProps) {
  const [filters, setFilters] = useState<AuditFilters>(() => ({ tenant: tenants[0] ?? '', ...nothingAsked }))
  // Operators, keys and tokens that reach everything are of no tenant.
  const logs = operates(signs) ? [...tenants, ''] : tenants
  const { pages } = words()
  return (
    <PageScroll>
      <PageSection title={pages.audit.filters}>
        <AuditForm logs={logs} filters={filters} show={setFilters} />
      </PageSection>
      <PageSection title={pages.names.audit}>
        <Export filters={filters} />
        <Entries filters={filters} people={people} />
      </PageSection>
    </PageScroll>
  )
}

/** All entries that fit, as a file. */
function Export({ filters }: { filters: AuditFilters }) {
  const { audit } = words().pages
  const { busy, refused, send } = useSending()
  return (
    <>
      <Button
        icon={<ArrowDownloadRegular />}
        disabled={busy}
        onClick={() => send(() => download(auditTablePath(filters), 'audit.csv'))}
      >
        {audit.exportTable}
      </Button>
      {refused !== undefined && <PageFailed reason={refused} />}
    </>
  )
}

function Entries({ filters, people }: Pick<AuditPageProps, 'people'> & { filters: AuditFilters }) {
  const styles = useStyles()
  const { audit } = words().pages
  const { entries, next, error, busy, more, again } = useAudit(filters)
  if (error) return <PageFailed reason={error.message} again={again} />
  if (!entries) return <PageLoading />
  if (entries.length === 0) {
    const { tenant: _, ...asked } = filters
    return (
      <PageEmpty>{Object.values(asked).some((text) => text !== '') ? audit.noneFits : audit.none}</PageEmpty>
    )
  }
  return (
    <>
      <AuditList entries={entries} people={people} />
      {next !== undefined && (
        <Button className={styles.more} disabled={busy} onClick={more}>
          {audit.more}
        </Button>
      )}
    </>
  )
}
