import { Button, Link, makeStyles, tokens } from '@fluentui/react-components'
import { saveTenant, type TenantItem } from '../configuration/configuration-client.ts'
import { Refused } from '../frame/refused.tsx'
import { pageAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { usePolled } from '../live/use-polled.ts'
import { useSending } from '../session/use-sending.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { asSentence } from '../words/presence-words.ts'
import { doubtsOf, readMatching } from './set-up-client.ts'

const useStyles = makeStyles({
  text: { margin: 0, maxWidth: '640px' },
  list: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '6px' },
  who: { fontWeight: tokens.fontWeightSemibold },
})

const everyMs = 3_000

/** Whether people were asked for: listed by name, or from the directories. */
export function hasPeople({ people }: TenantItem): boolean {
  return Array.isArray(people) ? people.length > 0 : people !== undefined && people !== null
}

interface PeopleStepProps {
  readonly tenant: TenantItem
  readonly version: number | undefined
  /** Ids of its phone systems. */
  readonly phones: readonly string[]
  saved(): void
}

/** Matches people by mail, and names those who could not be matched. */
export function PeopleStep(props: PeopleStepProps) {
  const styles = useStyles()
  const { setUp: said } = words()
  const { busy, refused, send } = useSending()
  const { tenant } = props
  if (hasPeople(tenant)) return <Matched tenant={tenant.id} phones={props.phones} />
  return (
    <>
      <p className={styles.text}>{said.peopleText}</p>
      <Refused text={refused} />
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

function Matched({ tenant, phones }: { tenant: string; phones: readonly string[] }) {
  const styles = useStyles()
  const { setUp: said } = words()
  const { value } = usePolled({
    key: `${tenant} ${phones.join(' ')}`,
    everyMs,
    read: (signal) => readMatching(tenant, phones, signal),
  })
  if (!value) return <p className={styles.text}>{said.matching}</p>
  const { all, doubtful, nobodys } = value
  return (
    <>
      <p className={styles.text}>{said.found(all)}</p>
      {doubtful.length > 0 && (
        <section aria-label={said.doubtful}>
          <div className={styles.who}>{said.doubtful}</div>
          <ul className={styles.list}>
            {doubtful.map((row) => (
              <li key={row.id}>
                <span className={styles.who}>{row.displayName}</span>{' '}
                <HubSpan>
                  {doubtsOf(row)
                    .slice(0, 1)
                    .flatMap(({ reason, fix }) => [reason, ...(fix ? [fix] : [])].map(asSentence))
                    .join(' ')}
                </HubSpan>
              </li>
            ))}
          </ul>
        </section>
      )}
      {nobodys.length > 0 && (
        <section aria-label={said.nobodys}>
          <div className={styles.who}>{said.nobodys}</div>
          <ul className={styles.list}>
            {nobodys.map(({ address, displayName, mails }) => (
              <li key={address}>
                <span className={styles.who}>{[address, displayName].filter(Boolean).join(' ')}</span>{' '}
                {mails.length > 0 ? said.nobodyHas(mails.join(', ')) : said.noMail}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Link href={pageAddress('people')}>{said.toPeople}</Link>
    </>
  )
}
