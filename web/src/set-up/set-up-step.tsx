import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { CircleRegular } from '@fluentui/react-icons/svg/circle'
import type { ReactNode } from 'react'
import { words } from '../language/words.ts'

const useStyles = makeStyles({
  step: {
    display: 'flex',
    gap: '12px',
    padding: '16px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTop: 'none', paddingTop: 0 },
  },
  icon: { display: 'flex', fontSize: '24px', flexShrink: 0, color: tokens.colorNeutralForeground3 },
  done: { color: tokens.colorPaletteLightGreenForeground3 },
  body: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '12px',
    flex: '1 1 0',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  later: { color: tokens.colorNeutralForeground3 },
})

export interface SetUpStepProps {
  readonly title: string
  readonly state: 'done' | 'now' | 'later'
  readonly children: ReactNode
}

/** One step: what is done says so, what comes later only its name. */
export function SetUpStep({ title, state, children }: SetUpStepProps) {
  const styles = useStyles()
  const { setUp: said } = words()
  const Icon = state === 'done' ? CheckmarkCircleFilled : CircleRegular
  return (
    <li className={styles.step} {...(state === 'now' && { 'aria-current': 'step' as const })}>
      <span
        className={mergeClasses(styles.icon, state === 'done' && styles.done)}
        role="img"
        aria-label={said.states[state]}
      >
        <Icon />
      </span>
      <div className={styles.body}>
        <h3 className={mergeClasses(styles.title, state === 'later' && styles.later)}>{title}</h3>
        {state !== 'later' && children}
      </div>
    </li>
  )
}
