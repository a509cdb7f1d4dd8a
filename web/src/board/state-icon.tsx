import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { AirplaneFilled } from '@fluentui/react-icons/svg/airplane'
import { AlertUrgentFilled } from '@fluentui/react-icons/svg/alert-urgent'
import { CalendarFilled } from '@fluentui/react-icons/svg/calendar'
import { CallFilled } from '@fluentui/react-icons/svg/call'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { CircleFilled } from '@fluentui/react-icons/svg/circle'
import { CircleHintRegular } from '@fluentui/react-icons/svg/circle-hint'
import { ClockFilled } from '@fluentui/react-icons/svg/clock'
import { DismissCircleRegular } from '@fluentui/react-icons/svg/dismiss-circle'
import { DoorArrowRightRegular } from '@fluentui/react-icons/svg/door-arrow-right'
import { DrinkCoffeeFilled } from '@fluentui/react-icons/svg/drink-coffee'
import { LinkDismissRegular } from '@fluentui/react-icons/svg/link-dismiss'
import { PeopleCallFilled } from '@fluentui/react-icons/svg/people-call'
import { PersonProhibitedRegular } from '@fluentui/react-icons/svg/person-prohibited'
import { PlugDisconnectedRegular } from '@fluentui/react-icons/svg/plug-disconnected'
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle'
import { RibbonOffRegular } from '@fluentui/react-icons/svg/ribbon-off'
import { ShareScreenStartFilled } from '@fluentui/react-icons/svg/share-screen-start'
import { SleepFilled } from '@fluentui/react-icons/svg/sleep'
import { SubtractCircleFilled } from '@fluentui/react-icons/svg/subtract-circle'
import { TargetFilled } from '@fluentui/react-icons/svg/target'
import type { ComponentType } from 'react'
import type { StateKind } from './state-kind.ts'

type Tone = 'free' | 'away' | 'busy' | 'out' | 'none'

/** One shape for each state, so that colour is never needed to tell two apart. */
const looks: Record<StateKind, readonly [ComponentType<{ className?: string }>, Tone]> = {
  available: [CheckmarkCircleFilled, 'free'],
  away: [ClockFilled, 'away'],
  inactive: [SleepFilled, 'away'],
  beRightBack: [DrinkCoffeeFilled, 'away'],
  busy: [CircleFilled, 'busy'],
  inACall: [CallFilled, 'busy'],
  inAConferenceCall: [PeopleCallFilled, 'busy'],
  inAMeeting: [CalendarFilled, 'busy'],
  doNotDisturb: [SubtractCircleFilled, 'busy'],
  presenting: [ShareScreenStartFilled, 'busy'],
  focusing: [TargetFilled, 'busy'],
  urgentInterruptionsOnly: [AlertUrgentFilled, 'busy'],
  outOfOffice: [AirplaneFilled, 'out'],
  offline: [DismissCircleRegular, 'none'],
  offWork: [CircleHintRegular, 'none'],
  unknown: [QuestionCircleRegular, 'none'],
  notEnabled: [PersonProhibitedRegular, 'none'],
  notLicensed: [RibbonOffRegular, 'none'],
  signedOut: [DoorArrowRightRegular, 'none'],
  unheard: [PlugDisconnectedRegular, 'none'],
  noAddress: [LinkDismissRegular, 'none'],
}

const useStyles = makeStyles({
  icon: { flexShrink: 0, display: 'block' },
  free: { color: tokens.colorPaletteLightGreenForeground3 },
  away: { color: tokens.colorPaletteMarigoldForeground3 },
  busy: { color: tokens.colorPaletteRedForeground3 },
  out: { color: tokens.colorPaletteBerryForeground3 },
  none: { color: tokens.colorNeutralForeground3 },
})

/** Decoration beside its text: the size is that of the surrounding font (1em). */
export function StateIcon({ kind, className }: { kind: StateKind; className?: string }) {
  const styles = useStyles()
  const [Icon, tone] = looks[kind] ?? looks.unknown
  return <Icon className={mergeClasses(styles.icon, styles[tone], className)} />
}
