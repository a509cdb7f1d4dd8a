import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off'
import { PauseCircleRegular } from '@fluentui/react-icons/svg/pause-circle'
import { SubtractCircleRegular } from '@fluentui/react-icons/svg/subtract-circle'
import { WarningFilled } from '@fluentui/react-icons/svg/warning'
import type { ComponentType } from 'react'
import type { CoverageKind } from '../../../src/core/roster-port.ts'
import { rosterWords } from './roster-words.ts'

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: '5px', whiteSpace: 'nowrap' },
  icon: { display: 'flex', fontSize: '16px' },
  good: { color: tokens.colorPaletteLightGreenForeground3 },
  wrong: { color: tokens.colorPaletteDarkOrangeForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
})

type Tone = 'good' | 'wrong' | 'quiet'
const wrong = [WarningFilled, 'wrong'] as const

const marks: Readonly<Record<CoverageKind, readonly [ComponentType, Tone]>> = {
  synced: [CheckmarkCircleFilled, 'good'],
  duplicate: wrong,
  unmatched: wrong,
  disabled: wrong,
  guest: wrong,
  shared: wrong,
  notLicensed: wrong,
  notEnabled: wrong,
  notOptedIn: [SubtractCircleRegular, 'quiet'],
  notPaired: [SubtractCircleRegular, 'quiet'],
  uncovered: wrong,
  alone: [SubtractCircleRegular, 'quiet'],
  excluded: [SubtractCircleRegular, 'quiet'],
  paused: [PauseCircleRegular, 'quiet'],
  hidden: [EyeOffRegular, 'quiet'],
}

/** How somebody stands: a sign and a word. */
export function KindMark({ kind }: { kind: CoverageKind }) {
  const styles = useStyles()
  const [Icon, tone] = marks[kind]
  return (
    <span className={styles.mark}>
      <span className={mergeClasses(styles.icon, styles[tone])}>
        <Icon />
      </span>
      {rosterWords().kinds[kind]}
    </span>
  )
}
