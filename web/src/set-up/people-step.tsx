import { Button, Link, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import type { CoveragePage } from '../../../src/core/roster-port.ts'
import { saveTenant, type TenantItem } from '../configuration/configuration-client.ts'
import { pageAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { usePolled } from '../live/use-polled.ts'
import { useSending } from '../session/use-sending.ts'
import { asSentence } from '../words/presence-words.ts'
import { readCoverage } from './set-up-client.ts'

const useStyles = makeStyles({
  text: { margin: 0, maxWidth: '640px' },
  list: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '6px' },
  who: { fontWeight: tokens.fontWeightSemibold },
})

const everyMs = 3_000
/** What somebody has to look at, before anything is linked. */
const doubtful = ['duplicate', 'unmatched'] as const

/** Whether people were asked for: listed by name, or from the directories. */
export function hasPeople({ people }: TenantItem): boolean {
  return Array.isArray(people) ? people.length > 0 : people !== undefined && people !== null
}

/** Matches people by mail, and names those who could not be matched. */
export function PeopleStep(props: { tenant: TenantItem; version: number | undefined; saved(): void }) {
  const styles = useStyles()
  const { setUp: said } = words()
  const { busy, refused, send } = useSending()
  const { tenant } = props
  if (hasPeople(tenant)) return <Matched tenant={tenant.id} />
  return (
    <>
      <p className={styles.text}>{said.peopleText}</p>
      {refused !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody lang="en">{refused}</MessageBarBody>
        </MessageBar>
      )}
      <Button
        appearance="primary"
        disabled={busy}
        onClick={() =>
          send(async () => {
            await saveTenant({ ...tenant, people: { from: 'directory' } }, props.version)
            props.saved()
          })
        }
      >
        {said.match}
      </Button>
    </>
  )
}

function Matched({ tenant }: { tenant: string }) {
  const styles = useStyles()
  const { setUp: said } = words()
  const read = (kind: (typeof doubtful)[number]) => (signal: AbortSignal) =>
    readCoverage(tenant, kind, signal)
  const duplicate = usePolled({ key: tenant, everyMs, read: read('duplicate') })
  const unmatched = usePolled({ key: tenant, everyMs, read: read('unmatched') })
  const all = usePolled({
    key: tenant,
    everyMs,
    read: (signal) => readCoverage(tenant, undefined, signal),
  })
  if (!all.value) return <p className={styles.text}>{said.matching}</p>
  const { counts } = all.value
  return (
    <>
      <p className={styles.text}>{said.found(all.value.total, counts.unmatched, counts.duplicate)}</p>
      <Doubtful title={said.duplicates} page={duplicate.value} kind="duplicate" />
      <Doubtful title={said.unmatched} page={unmatched.value} kind="unmatched" />
      <Link href={pageAddress('people')}>{said.toPeople}</Link>
    </>
  )
}

function Doubtful(props: { title: string; page: CoveragePage | undefined; kind: (typeof doubtful)[number] }) {
  const styles = useStyles()
  const { page, kind } = props
  if (!page || page.rows.length === 0) return null
  return (
    <section aria-label={props.title}>
      <div className={styles.who}>{props.title}</div>
      <ul className={styles.list}>
        {page.rows.map(({ id, displayName, notes }) => {
          const note = notes.find((one) => one.kind === kind)
          return (
            <li key={id}>
              <span className={styles.who}>{displayName}</span>{' '}
              <span lang="en">{note && [note.reason, note.fix ?? ''].map(asSentence).join(' ')}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
