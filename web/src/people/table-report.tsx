import { makeStyles, tokens } from '@fluentui/react-components'
import type { TableChange, TableReport } from '../../../src/core/roster-port.ts'
import { Section } from '../person/section.tsx'
import { HubSpan } from '../words/hub-text.tsx'
import { asSentence } from '../words/presence-words.ts'
import { rosterWords } from './roster-words.ts'

/** More than anybody reads; the rest is counted. */
const mostListed = 200

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: { padding: '6px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
  wrong: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  aside: { color: tokens.colorNeutralForeground2 },
  from: { color: tokens.colorNeutralForeground2, textDecorationLine: 'line-through' },
})

/** Everything that is wrong in a table, each with its line. */
export function TableProblems({ problems }: Pick<TableReport, 'problems'>) {
  const styles = useStyles()
  const said = rosterWords()
  if (problems.length === 0) return null
  return (
    <Section title={said.problems(problems.length)}>
      <ul className={styles.list}>
        {problems.slice(0, mostListed).map(({ line, path, message, fix }) => (
          <li key={`${line}/${path}/${message}`} className={styles.item}>
            <span className={styles.wrong}>{line === undefined ? '' : `${said.line(line)}: `}</span>
            <HubSpan>
              {asSentence(`${path} ${message}`)} {fix}
            </HubSpan>
          </li>
        ))}
      </ul>
      <More count={problems.length} />
    </Section>
  )
}

/** Who would change, and how. */
export function TableChanges({ report: { changes, unchanged } }: { report: TableReport }) {
  const styles = useStyles()
  const said = rosterWords()
  return (
    <Section title={said.changes(changes.length)}>
      <ul className={styles.list}>
        {changes.slice(0, mostListed).map((change) => (
          <Change key={change.line} change={change} />
        ))}
      </ul>
      <More count={changes.length} />
      <p className={styles.aside}>{said.unchanged(unchanged)}</p>
    </Section>
  )
}

function More({ count }: { count: number }) {
  return count > mostListed ? <p>{rosterWords().andMore(count - mostListed)}</p> : null
}

function Change({ change: { line, upn, isNew, fields } }: { change: TableChange }) {
  const styles = useStyles()
  const said = rosterWords()
  return (
    <li className={styles.item}>
      <span className={styles.aside}>{said.line(line)}: </span>
      <b>{upn}</b> {isNew && said.isNew}
      {fields.map(({ field, from, to }) => (
        <div key={field}>
          {field}: {from !== '' && <del className={styles.from}>{from}</del>} {to === '' ? said.empty : to}
        </div>
      ))}
    </li>
  )
}
