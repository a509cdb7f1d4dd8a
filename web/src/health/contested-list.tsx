import { Link, makeStyles } from '@fluentui/react-components'
import type { PersonView } from '../../../src/core/view.ts'
import { PageLoading } from '../frame/page-state.tsx'
import { personAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { HubText } from '../words/hub-text.tsx'
import { asSentence } from '../words/presence-words.ts'
import { CalmLine } from './calm-line.tsx'

const useStyles = makeStyles({ list: { margin: 0, paddingLeft: '20px', lineHeight: '24px' } })

/** Whose states somebody else keeps changing after us. */
export function ContestedList({ people }: { people: ReadonlyMap<string, PersonView> | undefined }) {
  const styles = useStyles()
  const { health } = words().pages
  if (people === undefined) return <PageLoading />
  const found = [...people].flatMap(([key, { displayName, systems }]) =>
    systems.flatMap(({ connector, title, targets }) => {
      const target = targets.find(({ status }) => status === 'contested')
      return target ? [{ key, id: `${key} ${connector}`, displayName, title, detail: target.detail }] : []
    }),
  )
  if (found.length === 0) return <CalmLine>{health.noContested}</CalmLine>
  return (
    <ul className={styles.list}>
      {found.map(({ key, id, displayName, title, detail }) => (
        <li key={id}>
          <Link href={personAddress(key)} inline>
            {health.contestedText(displayName, title)}
          </Link>
          {detail !== undefined && <HubText>{asSentence(detail)}</HubText>}
        </li>
      ))}
    </ul>
  )
}
