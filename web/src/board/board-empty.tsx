import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { words } from '../language/words.ts'

const useStyles = makeStyles({
  empty: {
    flex: '1 1 0',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    alignItems: 'center',
    justifyContent: 'center',
    textAlign: 'center',
    padding: '32px',
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, margin: 0 },
  text: { margin: 0, maxWidth: '420px' },
})

/** In place of the grid: still loading, nobody configured, or nobody found. */
export function BoardEmpty(props: { loading: boolean; anyone: boolean; showAll(): void }) {
  const styles = useStyles()
  const { board } = words()
  if (props.loading) {
    return (
      <div className={styles.empty}>
        <Spinner label={board.loading} />
      </div>
    )
  }
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{props.anyone ? board.nobodyFits : board.nobody}</p>
      <p className={styles.text}>{props.anyone ? board.nobodyFitsText : board.nobodyText}</p>
      {props.anyone && <Button onClick={props.showAll}>{board.showEveryone}</Button>}
    </div>
  )
}
