import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { Component, type ReactNode } from 'react'
import { words } from './language/words.ts'

/**
 * In place of a page that failed to draw. The likely cause is a hub that was updated while the page stood open: the
 * parts it still has to load are gone, and loading the page anew is the cure.
 */
export class PageError extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children
  }
}

const useStyles = makeStyles({
  page: {
    height: '100dvh',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '16px',
    padding: '24px',
    boxSizing: 'border-box',
    textAlign: 'center',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground2,
  },
})

function Failed() {
  const styles = useStyles()
  return (
    <div role="alert" className={styles.page}>
      <span>{words().pages.failed}</span>
      <Button appearance="primary" onClick={() => location.reload()}>
        {words().pages.loadAgain}
      </Button>
    </div>
  )
}
