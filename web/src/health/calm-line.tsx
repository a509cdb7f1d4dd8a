import { makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: '8px', color: tokens.colorNeutralForeground2 },
  icon: { display: 'flex', fontSize: '20px', color: tokens.colorNeutralForeground3 },
})

/** A part of the page in which all is well: one line of it. */
export function CalmLine({ children }: { children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.line}>
      <span className={styles.icon}>
        <CheckmarkCircleRegular />
      </span>
      <span>{children}</span>
    </div>
  )
}
