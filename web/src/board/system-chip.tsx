import { makeStyles, mergeClasses, Tooltip, tokens } from '@fluentui/react-components'
import { AirplaneFilled } from '@fluentui/react-icons/svg/airplane'
import { AlertOnFilled } from '@fluentui/react-icons/svg/alert-on'
import type { SystemView, TargetStatus, TargetView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { pairActivity, pairLabel } from '../words/presence-words.ts'
import { type ShownState, shownState } from '../words/state-label.ts'
import { systemSentences } from '../words/system-words.ts'
import { leadingTarget } from '../words/target-words.ts'
import { StateIcon } from './state-icon.tsx'
import { SystemIcon } from './system-icon.tsx'
import { TargetMark } from './target-mark.tsx'

const useStyles = makeStyles({
  chip: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    minWidth: 0,
    padding: '2px 10px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    lineHeight: '17px',
  },
  quiet: { backgroundColor: 'transparent', border: `1px dashed ${tokens.colorNeutralStroke2}` },
  top: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: '6px',
    fontSize: tokens.fontSizeBase200,
  },
  label: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  icon: { fontSize: '14px' },
  flag: { color: tokens.colorPaletteDarkOrangeForeground1, flexShrink: 0 },
  out: { color: tokens.colorPaletteBerryForeground1, flexShrink: 0 },
  mark: {
    marginLeft: 'auto',
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    minWidth: '14px',
    color: tokens.colorNeutralForeground2,
  },
  sign: { display: 'flex', fontSize: '14px' },
  ours: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    fontSize: '11px',
    color: tokens.colorNeutralForeground3,
  },
  itself: {
    marginLeft: 'auto',
    paddingLeft: '4px',
    flexShrink: 0,
    whiteSpace: 'nowrap',
    // On a telephone there is room for the system's name only; the panel tells the rest.
    '@container board (max-width: 560px)': { display: 'none' },
  },
})

/** Where the words of what we want belong beside what the system shows: it should be shown, and is not yet. */
const showsWanted: ReadonlySet<TargetStatus> = new Set(['pending', 'masked', 'rejected', 'deferred'])

interface ChipProps {
  readonly system: SystemView
  /** The system's name, where several have the same title one that tells them apart. */
  readonly title: string
  readonly now: number
}

/** What was written and taken stands in the place of what the system would show by itself; do not disturb above all. */
function writtenState(targets: readonly TargetView[]): ShownState | undefined {
  const written = targets.flatMap(({ status, wanted }) => (status === 'applied' && wanted ? [wanted] : []))
  const pair = written.find((one) => pairActivity(one) === 'doNotDisturb') ?? written[0]
  return pair === undefined ? undefined : { kind: pairActivity(pair), label: pairLabel(pair) }
}

/** One system of a person: what it shows, what it would by itself, and how far it follows what we want. */
export function SystemChip({ system, title, now }: ChipProps) {
  const styles = useStyles()
  const { board } = words()
  const own = shownState(system)
  const heard = system.synced && system.native
  const target = leadingTarget(system.targets)
  const wanted = target && showsWanted.has(target.status) && pairLabel(target.wanted ?? '')
  const shown = (heard && wanted === false && writtenState(system.targets)) || own
  return (
    <Tooltip
      content={<ChipWords system={system} title={title} now={now} />}
      relationship="inaccessible"
      withArrow
    >
      <span className={mergeClasses(styles.chip, !heard && styles.quiet)}>
        <span className={styles.top}>
          <StateIcon kind={shown.kind} className={styles.icon} />
          <span className={styles.label}>{shown.label}</span>
          {heard && system.native?.ringing && (
            <AlertOnFilled className={styles.flag} aria-label={board.isRinging} />
          )}
          {heard && system.native?.outOfOffice && (
            <AirplaneFilled className={styles.out} aria-label={board.isOut} />
          )}
          {target && target.status !== 'idle' && (
            <span className={mergeClasses(styles.mark, target.status === 'applied' && styles.ours)}>
              <span className={styles.sign}>
                <TargetMark status={target.status} />
              </span>
              {wanted && wanted !== shown.label && <span className={styles.label}>{wanted}</span>}
            </span>
          )}
        </span>
        <span className={styles.name}>
          <SystemIcon kind={system.kind} />
          <span className={styles.label}>{title}</span>
          {shown.label !== own.label && <span className={styles.itself}>{board.byItself(own.label)}</span>}
        </span>
      </span>
    </Tooltip>
  )
}

function ChipWords({ system, title, now }: ChipProps) {
  return (
    <>
      {systemSentences(system, title, now).map((sentence) => (
        <div key={sentence}>{sentence}</div>
      ))}
    </>
  )
}
