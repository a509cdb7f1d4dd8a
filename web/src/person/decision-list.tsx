import { makeStyles, tokens } from '@fluentui/react-components'
import type { ExplainView } from '../../../src/core/view.ts'
import { TargetMark } from '../board/target-mark.tsx'
import { useNow } from '../live/now.ts'
import { pairLabel } from '../words/presence-words.ts'
import { asSentence, statusLabels } from '../words/target-words.ts'
import { clockText } from '../words/time.ts'
import { Nothing } from './section.tsx'
import type { Titles } from './system-titles.ts'

type Decision = ExplainView['decisions'][number]

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
  card: {
    padding: '12px 14px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  top: { display: 'flex', justifyContent: 'space-between', gap: '8px', fontSize: tokens.fontSizeBase200 },
  target: { color: tokens.colorNeutralForeground2 },
  status: { display: 'inline-flex', alignItems: 'center', gap: '5px', color: tokens.colorNeutralForeground2 },
  wanted: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, lineHeight: '24px' },
  aside: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, marginTop: '4px' },
  others: { marginTop: '8px', fontSize: tokens.fontSizeBase200 },
  summary: { cursor: 'pointer', color: tokens.colorBrandForeground1 },
  lost: { margin: '6px 0 0', padding: '0 0 0 16px', color: tokens.colorNeutralForeground2 },
})

interface DecisionListProps {
  readonly decisions: readonly Decision[]
  readonly titles: Titles
}

/** A decision for each target: what should be shown, what won, and why everything else lost. */
export function DecisionList({ decisions, titles }: DecisionListProps) {
  const styles = useStyles()
  if (decisions.length === 0) return <Nothing>Nothing was decided yet.</Nothing>
  return (
    <ul className={styles.list}>
      {[...decisions].sort(boardFirst).map((decision) => (
        <DecisionCard
          key={`${decision.target}/${decision.slot ?? ''}`}
          decision={decision}
          title={targetTitle(decision, titles)}
        />
      ))}
    </ul>
  )
}

function boardFirst(a: Decision, b: Decision): number {
  return Number(b.target === 'board') - Number(a.target === 'board')
}

function targetTitle({ target, slot }: Decision, titles: Titles): string {
  return slot ? `${titles.system(target)} · ${slot}` : titles.system(target)
}

function DecisionCard({ decision, title }: { decision: Decision; title: string }) {
  const styles = useStyles()
  const now = useNow()
  const { wanted, because, rule, lost, reviewAt, status, detail } = decision
  return (
    <li className={styles.card}>
      <div className={styles.top}>
        <span className={styles.target}>{title}</span>
        {decision.target !== 'board' && (
          <span className={styles.status}>
            <TargetMark status={status} /> {statusLabels[status]}
          </span>
        )}
      </div>
      <div className={styles.wanted}>{pairLabel(wanted)}</div>
      <div>{asSentence(because)}</div>
      {detail && <div className={styles.aside}>{asSentence(detail)}</div>}
      {(rule || reviewAt !== undefined) && (
        <div className={styles.aside}>
          {rule && `Rule: ${rule}`}
          {rule && reviewAt !== undefined && ' · '}
          {reviewAt !== undefined && `looked at again at ${clockText(reviewAt, now)}`}
        </div>
      )}
      {lost.length > 0 && (
        <details className={styles.others}>
          <summary className={styles.summary}>
            {lost.length === 1 ? 'Why the other signal lost' : `Why ${lost.length} other signals lost`}
          </summary>
          <ul className={styles.lost}>
            {lost.map(({ signal, because: why }) => (
              <li key={`${signal}/${why}`}>
                {signal}: {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}
