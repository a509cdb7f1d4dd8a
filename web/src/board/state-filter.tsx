import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { words } from '../language/words.ts'
import { lineHover } from '../theme/themes.ts'
import { StateIcon } from './state-icon.tsx'
import { groupKinds, type StateGroup, stateGroups } from './state-kind.ts'

const useStyles = makeStyles({
  chip: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    height: '32px',
    padding: '0 12px',
    borderRadius: '16px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground2,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    whiteSpace: 'nowrap',
    flexShrink: 0,
    cursor: 'pointer',
    ':hover': lineHover,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  on: {
    border: `1px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
  },
  icon: { fontSize: '16px' },
  count: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  none: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
})

interface CountChipProps {
  readonly label: string
  readonly count: number
  readonly on: boolean
  readonly icon?: ReactNode
  toggle(): void
}

/** A count that is also a filter. */
export function CountChip({ label, count, on, icon, toggle }: CountChipProps) {
  const styles = useStyles()
  return (
    <button
      type="button"
      aria-pressed={on}
      className={mergeClasses(styles.chip, on && styles.on)}
      onClick={toggle}
    >
      {icon}
      {label}
      <span className={mergeClasses(styles.count, count === 0 && styles.none)}>{count}</span>
    </button>
  )
}

interface StateFilterProps {
  readonly counts: Readonly<Record<StateGroup, number>>
  readonly chosen: ReadonlySet<StateGroup>
  choose(groups: ReadonlySet<StateGroup>): void
}

/** How many people are in which state; a press shows only those. */
export function StateFilter({ counts, chosen, choose }: StateFilterProps) {
  const styles = useStyles()
  return stateGroups.map((group) => (
    <CountChip
      key={group}
      label={words().codes.groups[group]}
      count={counts[group]}
      on={chosen.has(group)}
      icon={<StateIcon kind={groupKinds[group]} className={styles.icon} />}
      toggle={() => {
        const next = new Set(chosen)
        if (!next.delete(group)) next.add(group)
        choose(next)
      }}
    />
  ))
}
