import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { words } from '../language/words.ts'
import { useMedia } from '../theme/theme-choice.ts'
import { pageIcons } from './page-icons.ts'
import { RailMore } from './rail-more.tsx'
import { useRailStyles } from './rail-styles.ts'
import { type PageName, pageAddress } from './route.ts'

/** Beside the page; on a telephone below it, where the thumb is. */
const useStyles = makeStyles({
  rail: {
    width: '86px',
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    padding: '4px 0 4px 8px',
    boxSizing: 'border-box',
    overflowY: 'auto',
    overflowX: 'hidden',
    scrollbarWidth: 'thin',
    '@media (max-width: 640px)': {
      order: 3,
      width: 'auto',
      flexDirection: 'row',
      gap: 0,
      padding: '2px 0',
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
      backgroundColor: tokens.colorNeutralBackground1,
    },
  },
})

/** On a telephone so many have a place of their own. */
const inReach = 4

/** The way to the pages that the caller may see. */
export function Rail(props: { pages: readonly PageName[]; here: PageName }) {
  const styles = useStyles()
  const narrow = useMedia('(max-width: 640px)')
  const { pages, here } = props
  const hides = narrow && pages.length > inReach + 1
  const [shown, hidden] = hides ? [pages.slice(0, inReach), pages.slice(inReach)] : [pages, []]
  return (
    <nav aria-label={words().pages.navigation} className={styles.rail}>
      {shown.map((page) => (
        <RailItem key={page} page={page} here={page === here} />
      ))}
      {hides && <RailMore pages={hidden} here={here} />}
    </nav>
  )
}

function RailItem({ page, here }: { page: PageName; here: boolean }) {
  const styles = useRailStyles()
  const Icon = pageIcons[page][here ? 1 : 0]
  return (
    <a
      href={pageAddress(page)}
      className={mergeClasses(styles.item, here && styles.here)}
      {...(here && { 'aria-current': 'page' as const })}
    >
      <span className={mergeClasses(styles.icon, here && styles.mark)}>
        <Icon />
      </span>
      {words().pages.names[page]}
    </a>
  )
}
