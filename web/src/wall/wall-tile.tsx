import { makeStyles, tokens } from '@fluentui/react-components'
import { memo } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { StateText } from '../board/state-text.tsx'
import { useNow } from '../live/now.ts'
import { durationText } from '../words/time.ts'

const useStyles = makeStyles({
  tile: {
    height: '104px',
    boxSizing: 'border-box',
    minWidth: 0,
    padding: '12px 18px',
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    gap: '8px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: {
    fontSize: '24px',
    lineHeight: '32px',
    fontWeight: tokens.fontWeightSemibold,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  line: { display: 'flex', alignItems: 'center', gap: '12px', minWidth: 0 },
  state: { fontSize: '20px', lineHeight: '28px', flex: '1 1 0' },
  since: {
    fontSize: '20px',
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
})

/** One person, to be read from across a room: name, state, how long. */
export const WallTile = memo(function WallTile({ person }: { person: PersonView }) {
  const styles = useStyles()
  const now = useNow()
  const { since } = person.state
  return (
    <li className={styles.tile}>
      <div className={styles.name}>{person.displayName}</div>
      <div className={styles.line}>
        <StateText state={person.state} className={styles.state} />
        {since !== undefined && <span className={styles.since}>{durationText(since, now)}</span>}
      </div>
    </li>
  )
})
