import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle'
import { HourglassRegular } from '@fluentui/react-icons/svg/hourglass'
import { PauseCircleRegular } from '@fluentui/react-icons/svg/pause-circle'
import { WarningFilled } from '@fluentui/react-icons/svg/warning'
import type { ComponentType } from 'react'
import type { ConnectorView } from '../../../src/core/view.ts'

type HealthState = ConnectorView['health']['state']

const useStyles = makeStyles({
  sign: { display: 'inline-flex', flexShrink: 0, fontSize: '20px' },
  good: { color: tokens.colorPaletteLightGreenForeground3 },
  bad: { color: tokens.colorPaletteRedForeground3 },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
})

const signs: Readonly<Record<HealthState, readonly [ComponentType, 'good' | 'bad' | 'warn' | 'quiet']>> = {
  up: [CheckmarkCircleFilled, 'good'],
  starting: [HourglassRegular, 'quiet'],
  degraded: [WarningFilled, 'warn'],
  down: [DismissCircleFilled, 'bad'],
  stopped: [PauseCircleRegular, 'quiet'],
}

/** How a connector is, as a sign; the word stands beside it. */
export function HealthSign({ state }: { state: HealthState }) {
  const styles = useStyles()
  const [Icon, tone] = signs[state]
  return (
    <span className={mergeClasses(styles.sign, styles[tone])} aria-hidden>
      <Icon />
    </span>
  )
}
