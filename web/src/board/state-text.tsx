import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { AirplaneFilled } from '@fluentui/react-icons/svg/airplane'
import { AlertOnFilled } from '@fluentui/react-icons/svg/alert-on'
import { SubtractCircleRegular } from '@fluentui/react-icons/svg/subtract-circle'
import type { StateView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { stateLabel } from '../words/state-label.ts'
import { StateIcon } from './state-icon.tsx'
import { stateKind } from './state-kind.ts'

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0 },
  icon: { fontSize: '20px' },
  label: {
    fontWeight: tokens.fontWeightSemibold,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  reason: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  flags: { display: 'flex', gap: '4px', flexShrink: 0 },
  flag: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    padding: '0 8px 0 6px',
    height: '20px',
    borderRadius: '10px',
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
    border: `1px solid ${tokens.colorTransparentStroke}`,
    boxSizing: 'border-box',
  },
  ringing: {
    backgroundColor: tokens.colorPaletteDarkOrangeBackground1,
    color: tokens.colorPaletteDarkOrangeForeground1,
  },
  bell: {
    transformOrigin: '50% 10%',
    animationName: {
      '0%, 60%, 100%': { transform: 'rotate(0)' },
      '10%, 30%, 50%': { transform: 'rotate(14deg)' },
      '20%, 40%': { transform: 'rotate(-14deg)' },
    },
    animationDuration: '1.4s',
    animationIterationCount: 'infinite',
    '@media (prefers-reduced-motion: reduce)': { animationName: 'none' },
  },
  out: { backgroundColor: tokens.colorPaletteBerryBackground1, color: tokens.colorPaletteBerryForeground1 },
  quiet: { backgroundColor: tokens.colorNeutralBackground4, color: tokens.colorNeutralForeground2 },
})

/** Icon, text and flags of one state. */
export function StateText({ state, className }: { state: StateView; className?: string }) {
  const styles = useStyles()
  return (
    <span className={mergeClasses(styles.line, className)}>
      <StateIcon kind={stateKind(state)} className={styles.icon} />
      <span className={styles.label}>{stateLabel(state)}</span>
      {state.reason !== undefined && (
        <span className={styles.reason} title={state.reason}>
          {state.reason}
        </span>
      )}
      <StateFlags state={state} />
    </span>
  )
}

/** Ringing, out of office and a phone's do not disturb stand beside the state, not instead of it. */
function StateFlags({ state }: { state: StateView }) {
  const styles = useStyles()
  const { codes } = words()
  const out = state.outOfOffice && state.activity !== 'outOfOffice'
  const quiet = state.doNotDisturb && state.availability !== 'doNotDisturb'
  if (!state.ringing && !out && !quiet) return null
  return (
    <span className={styles.flags}>
      {state.ringing && (
        <span className={mergeClasses(styles.flag, styles.ringing)}>
          <AlertOnFilled className={styles.bell} /> {codes.ringing}
        </span>
      )}
      {out && (
        <span className={mergeClasses(styles.flag, styles.out)}>
          <AirplaneFilled /> {codes.states.outOfOffice}
        </span>
      )}
      {quiet && (
        <span className={mergeClasses(styles.flag, styles.quiet)}>
          <SubtractCircleRegular /> {codes.dnd}
        </span>
      )}
    </span>
  )
}
