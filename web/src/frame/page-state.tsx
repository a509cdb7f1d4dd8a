import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle'
import { PlugDisconnectedRegular } from '@fluentui/react-icons/svg/plug-disconnected'
import type { ReactNode } from 'react'
import { words } from '../language/words.ts'

const useStyles = makeStyles({
  state: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    alignItems: 'center',
    justifyContent: 'center',
    textAlign: 'center',
    padding: '32px 16px',
    color: tokens.colorNeutralForeground2,
  },
  icon: { fontSize: '32px', display: 'flex', color: tokens.colorNeutralForeground3 },
  text: { margin: 0, maxWidth: '480px' },
})

export function PageLoading() {
  const styles = useStyles()
  return (
    <div className={styles.state}>
      <Spinner label={words().pages.loading} />
    </div>
  )
}

export function PageEmpty(props: { children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.state}>
      <span className={styles.icon}>
        <CheckmarkCircleRegular />
      </span>
      <p className={styles.text}>{props.children}</p>
    </div>
  )
}

/** Nothing could be read; `reason` in words for people. */
export function PageFailed(props: { reason: string; again?: () => void }) {
  const styles = useStyles()
  const { pages } = words()
  return (
    <div className={styles.state} role="alert">
      <span className={styles.icon}>
        <PlugDisconnectedRegular />
      </span>
      <p className={styles.text}>
        {pages.notRead} {props.reason}
      </p>
      {props.again && <Button onClick={props.again}>{pages.tryAgain}</Button>}
    </div>
  )
}
