import { makeStyles, mergeClasses, Tooltip, tokens } from '@fluentui/react-components'
import { AirplaneRegular } from '@fluentui/react-icons/svg/airplane'
import { AlertOnFilled } from '@fluentui/react-icons/svg/alert-on'
import type { SystemView } from '../../../src/core/view.ts'
import { systemSentences } from '../words/system-words.ts'
import { leadingTarget } from '../words/target-words.ts'
import { StateIcon } from './state-icon.tsx'
import { shownState } from './state-kind.ts'
import { SystemIcon } from './system-icon.tsx'
import { TargetMark } from './target-mark.tsx'

const useStyles = makeStyles({
  chip: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    minWidth: 0,
    padding: '3px 10px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    lineHeight: '17px',
  },
  quiet: { backgroundColor: 'transparent', border: `1px dashed ${tokens.colorNeutralStroke2}` },
  top: { display: 'flex', alignItems: 'center', gap: '6px', fontSize: tokens.fontSizeBase200 },
  label: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  icon: { fontSize: '14px' },
  flag: { color: tokens.colorPaletteDarkOrangeForeground1, flexShrink: 0 },
  out: { color: tokens.colorPaletteBerryForeground1, flexShrink: 0 },
  mark: { marginLeft: 'auto', display: 'flex', fontSize: '14px' },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    fontSize: '11px',
    color: tokens.colorNeutralForeground3,
  },
})

/** One system of a person: what it shows by itself, and how far it follows what we want it to show. */
export function SystemChip({ system, now }: { system: SystemView; now: number }) {
  const styles = useStyles()
  const shown = shownState(system)
  const heard = system.synced && system.native
  const target = leadingTarget(system.targets)
  return (
    <Tooltip content={<ChipWords system={system} now={now} />} relationship="inaccessible" withArrow>
      <span className={mergeClasses(styles.chip, !heard && styles.quiet)}>
        <span className={styles.top}>
          <StateIcon kind={shown.kind} className={styles.icon} />
          <span className={styles.label}>{shown.label}</span>
          {heard && system.native?.ringing && <AlertOnFilled className={styles.flag} aria-label="ringing" />}
          {heard && system.native?.outOfOffice && (
            <AirplaneRegular className={styles.out} aria-label="out of office" />
          )}
          {target && (
            <span className={styles.mark}>
              <TargetMark status={target.status} />
            </span>
          )}
        </span>
        <span className={styles.name}>
          <SystemIcon kind={system.kind} />
          <span className={styles.label}>{system.title}</span>
        </span>
      </span>
    </Tooltip>
  )
}

function ChipWords({ system, now }: { system: SystemView; now: number }) {
  return (
    <>
      {systemSentences(system, now).map((sentence) => (
        <div key={sentence}>{sentence}</div>
      ))}
    </>
  )
}
