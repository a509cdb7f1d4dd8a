import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { CircleRegular } from '@fluentui/react-icons/svg/circle'
import type { ActionItem } from '../../../src/core/consent-port.ts'
import { addAddress, microsoftAddress } from '../connectors/connector-address.ts'
import { pageAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { usePolled } from '../live/use-polled.ts'
import { readActionItems } from '../microsoft/consent-client.ts'
import { HubSpan } from '../words/hub-text.tsx'

const everyMs = 15_000

const useStyles = makeStyles({
  whole: {
    flexShrink: 0,
    maxHeight: '40%',
    overflowY: 'auto',
    padding: '8px 16px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    '& > summary': { cursor: 'pointer', fontWeight: tokens.fontWeightSemibold },
  },
  list: { margin: '8px 0 0', padding: 0, listStyleType: 'none' },
  item: {
    display: 'flex',
    gap: '10px',
    padding: '8px 0',
    overflowWrap: 'anywhere',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  icon: { display: 'flex', fontSize: '20px', flexShrink: 0, color: tokens.colorNeutralForeground3 },
  done: { color: tokens.colorPaletteLightGreenForeground3 },
  title: { fontWeight: tokens.fontWeightSemibold },
})

/** What an administrator has to do until all is well; nothing where nothing is open. Loaded when it is known who looks. */
export default function ActionList({ link }: { link: string }) {
  const styles = useStyles()
  const { setUp: said } = words()
  const { value } = usePolled({ key: link, everyMs, read: readActionItems })
  const open = (value ?? []).filter(({ state }) => state === 'open')
  if (!value || open.length === 0) return null
  const tenants = new Set(value.map(({ tenant }) => tenant))
  return (
    <details className={styles.whole}>
      <summary>{said.toDo(open.length)}</summary>
      <ul className={styles.list}>
        {value.map((item) => (
          <Item key={`${item.tenant}/${item.id}`} item={item} named={tenants.size > 1} />
        ))}
      </ul>
    </details>
  )
}

function Item({ item, named }: { item: ActionItem; named: boolean }) {
  const styles = useStyles()
  const { setUp: said, pages } = words()
  const done = item.state === 'done'
  const Icon = done ? CheckmarkCircleFilled : CircleRegular
  return (
    <li className={styles.item}>
      <span
        className={mergeClasses(styles.icon, done && styles.done)}
        role="img"
        aria-label={said.states[done ? 'done' : 'now']}
      >
        <Icon />
      </span>
      <div>
        <span className={styles.title}>
          {named && `${item.tenant}: `}
          <HubSpan>{item.title}</HubSpan>
        </span>{' '}
        <HubSpan>{item.text}</HubSpan>
        {!done && item.fix !== undefined && (
          <div>
            <b>{pages.health.toDo}</b> <HubSpan>{item.fix}</HubSpan>
          </div>
        )}
        {!done && (
          <div>
            <Link href={addressOf(item)} aria-label={said.doIt(item.title)}>
              {said.goThere}
            </Link>
          </div>
        )}
      </div>
    </li>
  )
}

function addressOf({ kind, id, tenant }: ActionItem): string {
  if (kind === 'people' || kind === 'optIn' || kind === 'pairing') return pageAddress('people')
  return id === 'connect-phones' ? addAddress(tenant) : microsoftAddress(tenant)
}
