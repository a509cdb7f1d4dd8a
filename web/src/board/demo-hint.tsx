import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { LightbulbFilled } from '@fluentui/react-icons/svg/lightbulb'
import { useState } from 'react'
import { words } from '../language/words.ts'

const hintKey = 'hookswitch.hint'

const useStyles = makeStyles({
  hint: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '8px 8px 8px 16px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorBrandBackground2,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    color: tokens.colorNeutralForeground1,
  },
  icon: { color: tokens.colorBrandForeground1, fontSize: '20px', flexShrink: 0 },
  words: { flex: '1 1 0' },
})

/** What to do first in the demo; gone for good once dismissed. */
export function DemoHint() {
  const styles = useStyles()
  const { board } = words()
  const [hidden, setHidden] = useState(() => localStorage.getItem(hintKey) === 'seen')
  if (hidden) return null
  const dismiss = (): void => {
    localStorage.setItem(hintKey, 'seen')
    setHidden(true)
  }
  return (
    <aside aria-label={board.aboutDemo} className={styles.hint}>
      <LightbulbFilled className={styles.icon} />
      <span className={styles.words}>
        <b>{board.demo}</b>
        {board.demoText}
      </span>
      <Button
        appearance="subtle"
        icon={<DismissRegular />}
        aria-label={board.dismissHint}
        onClick={dismiss}
      />
    </aside>
  )
}
