// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw only the lines that can be seen
// biome-ignore-all lint/a11y/useFocusableInteractive: the lines of people are focused, the heads of groups are not

import { makeStyles, tokens } from '@fluentui/react-components'
import { words } from '../language/words.ts'
import type { GroupLine } from './group-people.ts'

const useStyles = makeStyles({
  row: {
    boxSizing: 'border-box',
    height: '36px',
    padding: '0 16px',
    display: 'flex',
    alignItems: 'center',
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
})

/** The head of a group, with how many people it has. */
export function GroupRow({ group, rowIndex }: { group: GroupLine; rowIndex: number }) {
  const styles = useStyles()
  return (
    <div role="row" aria-rowindex={rowIndex} className={styles.row}>
      <div role="gridcell" aria-colspan={4}>
        {words().board.groupHead(group.title, group.count)}
      </div>
    </div>
  )
}
