import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { PlugDisconnectedRegular } from '@fluentui/react-icons/svg/plug-disconnected'
import { words } from '../language/words.ts'
import type { Link } from '../live/board-store.ts'

const useStyles = makeStyles({
  sign: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    padding: '2px 10px',
    borderRadius: '12px',
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  lost: {
    backgroundColor: tokens.colorPaletteRedBackground1,
    color: tokens.colorPaletteRedForeground1,
    fontWeight: tokens.fontWeightSemibold,
  },
  dot: {
    width: '8px',
    height: '8px',
    borderRadius: '50%',
    backgroundColor: tokens.colorPaletteLightGreenForeground3,
  },
})

/** Whether what one sees is of now. */
export function LinkSign({ link }: { link: Link }) {
  const styles = useStyles()
  const lost = link.state === 'lost' || link.state === 'token'
  return (
    <span role="status" className={mergeClasses(styles.sign, lost && styles.lost)}>
      {lost ? <PlugDisconnectedRegular /> : link.state === 'live' && <span className={styles.dot} />}
      {words().board.links[link.state]}
    </span>
  )
}
