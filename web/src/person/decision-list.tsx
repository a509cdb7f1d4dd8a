import { makeStyles, tokens } from '@fluentui/react-components'
import type { ExplainView } from '../../../src/core/view.ts'
import { TargetMark } from '../board/target-mark.tsx'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { HubSpan, HubText, useHubPhrases } from '../words/hub-text.tsx'
import { asPhrase, asSentence } from '../words/presence-words.ts'
import type { Titles } from '../words/system-titles.ts'
import { slotLabel } from '../words/target-words.ts'
import { clockText } from '../words/time.ts'
import { Nothing } from './section.tsx'

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
  status: {
    display: 'inline-flex',
    alignItems: 'center',
    alignSelf: 'flex-start',
    gap: '5px',
    flexShrink: 0,
    color: tokens.colorNeutralForeground2,
  },
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
  if (decisions.length === 0) return <Nothing>{words().person.nothingDecided}</Nothing>
  const untold = decisions.filter(isUntold)
  return (
    <ul className={styles.list}>
      {decisions
        .filter((decision) => !isUntold(decision))
        .sort((a, b) => weight(a) - weight(b))
        .map((decision) => (
          <DecisionCard
            key={`${decision.target}/${decision.slot ?? ''}`}
            decision={decision}
            titles={titles}
          />
        ))}
      {untold.length > 0 && <UntoldCard decisions={untold} titles={titles} />}
    </ul>
  )
}

/** The board first, and last where nothing has to be done. */
function weight({ target, status }: Decision): number {
  if (target === 'board') return 0
  return status === 'idle' ? 2 : 1
}

/** No rule was asked and nothing lost: there is nothing to tell but that nothing is asked for there. */
function isUntold({ target, status, rule, detail, lost }: Decision): boolean {
  return target !== 'board' && status === 'idle' && !rule && !detail && lost.length === 0
}

/** All places at which nothing is asked for, as one. */
function UntoldCard({ decisions, titles }: DecisionListProps) {
  const styles = useStyles()
  const reasons = [...new Set(decisions.map(({ because }) => asSentence(titles.tidy(because))))]
  return (
    <li className={styles.card}>
      <div className={styles.top}>
        <div className={styles.target}>
          {decisions.map((decision) => (
            <div key={`${decision.target}/${decision.slot ?? ''}`}>{targetTitle(decision, titles)}</div>
          ))}
        </div>
        <span className={styles.status}>{words().codes.statuses.idle}</span>
      </div>
      <HubText>{reasons.join(' ')}</HubText>
    </li>
  )
}

/** A target is a connector, with or without an address behind it. */
function targetTitle({ target, slot }: Decision, titles: Titles): string {
  const [connector = '', address = ''] = target.split(' ')
  const place = titles.place(connector, address)
  return slot === undefined ? place : `${place} · ${slotLabel(slot)}`
}

function DecisionCard({ decision, titles }: { decision: Decision; titles: Titles }) {
  const styles = useStyles()
  const { target, wanted, because, lost, status, detail } = decision
  return (
    <li className={styles.card}>
      <div className={styles.top}>
        <span className={styles.target}>{targetTitle(decision, titles)}</span>
        {target !== 'board' && (
          <span className={styles.status}>
            <TargetMark status={status} /> {words().codes.statuses[status]}
          </span>
        )}
      </div>
      {(status !== 'idle' || target === 'board') && (
        <div className={styles.wanted}>{wantedLabel(wanted)}</div>
      )}
      <HubText>{asSentence(titles.tidy(because))}</HubText>
      {detail && <HubText className={styles.aside}>{asSentence(titles.tidy(detail))}</HubText>}
      <RuleLine decision={decision} titles={titles} />
      {lost.length > 0 && (
        <details className={styles.others}>
          <summary className={styles.summary}>{words().person.whyLost(lost.length)}</summary>
          <ul className={styles.lost}>
            {lost.map(({ signal, because: why }) => (
              <li key={`${signal}/${why}`}>
                <HubSpan>{asPhrase(titles.tidy(signal))}</HubSpan>:{' '}
                <HubSpan>{asPhrase(titles.tidy(why))}</HubSpan>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

/** A state by its code; the hub's few other words for what is wanted are known too. */
function wantedLabel(wanted: string): string {
  const own: Readonly<Record<string, string>> = words().person.wanted
  return own[wanted] ?? asPhrase(wanted)
}

function RuleLine({ decision: { rule, reviewAt, status }, titles }: { decision: Decision; titles: Titles }) {
  const phrase = useHubPhrases()
  const styles = useStyles()
  const now = useNow()
  const { person: said } = words()
  const parts = [
    rule && said.rule(rule === 'precedence' ? said.precedence : phrase(titles.tidy(rule))),
    reviewAt !== undefined &&
      (status === 'lost' ? said.heldUntil : said.lookedAtAgain)(clockText(reviewAt, now)),
  ].filter(Boolean)
  return parts.length > 0 ? <div className={styles.aside}>{parts.join(' · ')}</div> : null
}
