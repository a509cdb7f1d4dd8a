import { Link, makeStyles } from '@fluentui/react-components'
import type { PersonView } from '../../../src/core/view.ts'
import { PageEmpty, PageLoading } from '../frame/page-state.tsx'
import { personAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'

const useStyles = makeStyles({ list: { margin: 0, paddingLeft: '20px', lineHeight: '24px' } })

/** Whose states somebody else keeps changing after us. */
export function ContestedList({ people }: { people: ReadonlyMap<string, PersonView> | undefined }) {
  const styles = useStyles()
  const { health } = words().pages
  if (people === undefined) return <PageLoading />
  const found = [...people].flatMap(([key, { displayName, systems }]) =>
    systems
      .filter(({ targets }) => targets.some(({ status }) => status === 'contested'))
      .map(({ connector, title }) => ({ key, id: `${key} ${connector}`, displayName, title })),
  )
  if (found.length === 0) return <PageEmpty>{health.noContested}</PageEmpty>
  return (
    <ul className={styles.list}>
      {found.map(({ key, id, displayName, title }) => (
        <li key={id}>
          <Link href={personAddress(key)} inline>
            {health.contestedText(displayName, title)}
          </Link>
        </li>
      ))}
    </ul>
  )
}
