import { makeStyles, tokens } from '@fluentui/react-components'
import type { ConnectorView, MatchProblem } from '../../../src/core/view.ts'
import { useNow } from '../live/now.ts'
import { healthLabels, problemLabels } from '../words/health-words.ts'
import { asPhrase, asSentence, pairLabel } from '../words/presence-words.ts'
import { clockText } from '../words/time.ts'

const useStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
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

/** One connector in full: state, since when, what to do, and everyone it could not match. */
export function ConnectorDetail({ connector, title }: { connector: ConnectorView; title: string }) {
  const styles = useStyles()
  const now = useNow()
  const { health, problems, unknownValues } = connector
  return (
    <>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.line}>
        {asPhrase(healthLabels[health.state])} since {clockText(health.since, now)} ·{' '}
        {connector.followed === 1 ? '1 address' : `${connector.followed} addresses`} followed
      </p>
      {health.detail && <p className={styles.line}>{asSentence(health.detail)}</p>}
      {health.fix && (
        <p className={styles.line}>
          <b>To do:</b> {asSentence(health.fix)}
        </p>
      )}
      {problems.length > 0 && (
        <>
          <h3 className={styles.heading}>Not synced</h3>
          <ul className={styles.list}>
            {problems.map((problem) => (
              <Problem key={`${problem.kind}/${problem.who}`} problem={problem} />
            ))}
          </ul>
        </>
      )}
      {unknownValues.length > 0 && <UnknownWords words={unknownValues} />}
    </>
  )
}

/** What the system says and the connector does not know: a state that its vendor has added. */
function UnknownWords({ words }: { words: ConnectorView['unknownValues'] }) {
  const styles = useStyles()
  const now = useNow()
  return (
    <>
      <h3 className={styles.heading}>Words this connector does not know</h3>
      <ul className={styles.list}>
        {words.map(({ field, value, takenAs, count, lastAt }) => (
          <li key={`${field}/${value}`} className={styles.problem}>
            <div className={styles.who}>
              <span className={styles.cut}>
                {field}: {value}
              </span>
              <span className={styles.kind}>{count === 1 ? 'once' : `${count} times`}</span>
            </div>
            <div className={styles.reason}>
              Taken as {pairLabel(takenAs)}; last at {clockText(lastAt, now)}.
            </div>
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
        <span className={styles.kind}>{problemLabels[problem.kind] ?? problem.kind}</span>
      </div>
      <div className={styles.reason}>{asSentence(problem.reason)}</div>
      <div>
        <b>To do:</b> {asSentence(problem.fix)}
      </div>
    </li>
  )
}
