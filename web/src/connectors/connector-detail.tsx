import { makeStyles, tokens } from '@fluentui/react-components'
import type { ConnectorView, MatchProblem } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { HubSpan, HubText } from '../words/hub-text.tsx'
import { asPhrase, asSentence, pairLabel } from '../words/presence-words.ts'
import { clockText, exactText } from '../words/time.ts'
import { ConnectorHeading } from './connector-heading.tsx'

const useStyles = makeStyles({
  line: { margin: '4px 0 0', color: tokens.colorNeutralForeground2 },
  heading: { margin: '16px 0 4px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  problem: { padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  who: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '12px',
    fontWeight: tokens.fontWeightSemibold,
  },
  kind: {
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorPaletteDarkOrangeForeground1,
    flexShrink: 0,
  },
  reason: { color: tokens.colorNeutralForeground2 },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis' },
})

interface ConnectorDetailProps {
  readonly connector: ConnectorView
  readonly title: string
  /** Words that the connector does not know stand elsewhere. */
  readonly withoutWords?: boolean
}

/** One connector in full: state, since when, what to do, and everyone it could not match. */
export function ConnectorDetail({ connector, title, withoutWords = false }: ConnectorDetailProps) {
  const styles = useStyles()
  const now = useNow()
  const { codes, pages } = words()
  const page = pages.health
  const { health, problems, unknownValues, parties, heard } = connector
  return (
    <>
      <ConnectorHeading state={health.state} title={title} />
      <p className={styles.line}>
        {page.since(asPhrase(codes.health[health.state]), clockText(health.since, now))} ·{' '}
        {page.followed(connector.followed)}
      </p>
      {heard && (
        <p className={styles.line}>{words().connectors.heard(exactText(heard.at, now), heard.reports)}</p>
      )}
      {parties && (
        <p className={styles.line}>{page.parties(parties.external, parties.internal, parties.unknown)}</p>
      )}
      {health.detail && (
        <p className={styles.line}>
          <HubSpan>{asSentence(health.detail)}</HubSpan>
        </p>
      )}
      {health.fix && (
        <p className={styles.line}>
          <b>{words().pages.health.toDo}</b> <HubSpan>{asSentence(health.fix)}</HubSpan>
        </p>
      )}
      {problems.length > 0 && (
        <>
          <h3 className={styles.heading}>{page.notSynced}</h3>
          <ul className={styles.list}>
            {problems.map((problem) => (
              <Problem key={`${problem.kind}/${problem.who}`} problem={problem} />
            ))}
          </ul>
        </>
      )}
      {unknownValues.length > 0 && !withoutWords && <UnknownWords values={unknownValues} />}
    </>
  )
}

/** What the system says and the connector does not know: a state that its vendor has added. */
function UnknownWords({ values }: { values: ConnectorView['unknownValues'] }) {
  const styles = useStyles()
  const now = useNow()
  const page = words().pages.health
  return (
    <>
      <h3 className={styles.heading}>{page.unknownWords}</h3>
      <ul className={styles.list}>
        {values.map(({ field, value, takenAs, count, lastAt }) => (
          <li key={`${field}/${value}`} className={styles.problem}>
            <div className={styles.who}>
              <span className={styles.cut}>
                {field}: {value}
              </span>
              <span className={styles.kind}>{page.times(count)}</span>
            </div>
            <div className={styles.reason}>{page.takenAs(pairLabel(takenAs), clockText(lastAt, now))}</div>
          </li>
        ))}
      </ul>
    </>
  )
}

function Problem({ problem }: { problem: MatchProblem }) {
  const styles = useStyles()
  return (
    <li className={styles.problem}>
      <div className={styles.who}>
        <span className={styles.cut}>{problem.who}</span>
        <span className={styles.kind}>{words().codes.problems[problem.kind] ?? problem.kind}</span>
      </div>
      <HubText className={styles.reason}>{asSentence(problem.reason)}</HubText>
      <div>
        <b>{words().pages.health.toDo}</b> <HubSpan>{asSentence(problem.fix)}</HubSpan>
      </div>
    </li>
  )
}
