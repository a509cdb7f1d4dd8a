import { makeStyles, tokens } from '@fluentui/react-components'
import { ArrowRightFilled } from '@fluentui/react-icons/svg/arrow-right'
import { EqualCircleRegular } from '@fluentui/react-icons/svg/equal-circle'
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off'
import { HandLeftRegular } from '@fluentui/react-icons/svg/hand-left'
import { HourglassRegular } from '@fluentui/react-icons/svg/hourglass'
import { PauseCircleRegular } from '@fluentui/react-icons/svg/pause-circle'
import { PlugDisconnectedRegular } from '@fluentui/react-icons/svg/plug-disconnected'
import { WarningFilled } from '@fluentui/react-icons/svg/warning'
import type { ComponentType } from 'react'
import type { TargetStatus } from '../../../src/core/view.ts'

type Mark = ComponentType<{ className?: string }>
type Tone = 'quiet' | 'ours' | 'alarm'

const marks: Record<Exclude<TargetStatus, 'idle'>, readonly [Mark, Tone]> = {
  pending: [HourglassRegular, 'quiet'],
  applied: [ArrowRightFilled, 'ours'],
  covered: [EqualCircleRegular, 'quiet'],
  masked: [EyeOffRegular, 'alarm'],
  yielded: [HandLeftRegular, 'quiet'],
  deferred: [PauseCircleRegular, 'quiet'],
  rejected: [WarningFilled, 'alarm'],
  lost: [PlugDisconnectedRegular, 'alarm'],
  contested: [WarningFilled, 'alarm'],
}

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3, flexShrink: 0 },
  ours: { color: tokens.colorBrandForeground1, flexShrink: 0 },
  alarm: { color: tokens.colorPaletteDarkOrangeForeground1, flexShrink: 0 },
})

/** How far a target follows, as one small sign; the words are in the tooltip and in the "why?" panel. */
export function TargetMark({ status }: { status: TargetStatus }) {
  const styles = useStyles()
  if (status === 'idle') return null
  const [Icon, tone] = marks[status]
  return <Icon className={styles[tone]} />
}
