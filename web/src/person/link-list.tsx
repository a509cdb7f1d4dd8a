import { makeStyles, tokens } from '@fluentui/react-components'
import type { ExplainView } from '../../../src/core/view.ts'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import type { Polled } from '../live/use-polled.ts'
import { titlesOf } from '../words/system-titles.ts'
import { lengthText } from '../words/time.ts'
import { personPageWords } from './person-page-words.ts'
import { Nothing } from './section.tsx'

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: { padding: '6px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  aside: { color: tokens.colorNeutralForeground2 },
})

/** The links between the person's systems, and how long their last writes took. */
export function LinkList({ explained }: { explained: Polled<ExplainView> }) {
  const styles = useStyles()
  const said = personPageWords()
  const { value, error } = explained
  if (!value) return error ? <PageFailed reason={error.message} /> : <PageLoading />
  const links = value.links ?? []
  const titles = titlesOf(value.person)
  return (
    <>
      {links.length === 0 && <Nothing>{said.noLink}</Nothing>}
      <ul className={styles.list}>
        {links.map(({ id, covered, observeOnly }) => (
          <li key={id} className={styles.item}>
            {titles.tidy(id)}
            <span className={styles.aside}>
              {' '}
              · {covered ? (observeOnly ? said.linkObserves : said.linkCovers) : said.linkCoversNot}
            </span>
          </li>
        ))}
      </ul>
      <Latency history={value.history} />
    </>
  )
}

function Latency({ history }: Pick<ExplainView, 'history'>) {
  const said = personPageWords()
  const took = history
    .flatMap(({ at, answeredAt }) => (answeredAt === undefined ? [] : [Math.max(0, answeredAt - at)]))
    .sort((a, b) => a - b)
  const slowest = took.at(-1)
  if (slowest === undefined) return <Nothing>{said.noLatency}</Nothing>
  const median = took[Math.floor((took.length - 1) / 2)] ?? slowest
  return <p>{said.latency(took.length, lengthText(median), lengthText(slowest))}</p>
}
