import { makeStyles, tokens } from '@fluentui/react-components'
import type { HopView, LatencyFigures, LinkLatency } from '../../../src/core/latency.ts'
import { words } from '../language/words.ts'
import { lengthText } from '../words/time.ts'

const useStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  table: { borderCollapse: 'collapse', width: '100%', minWidth: '640px', fontVariantNumeric: 'tabular-nums' },
  caption: { textAlign: 'left', padding: '0 0 6px', fontWeight: tokens.fontWeightSemibold },
  head: {
    padding: '4px 8px',
    textAlign: 'right',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  name: {
    padding: '4px 8px 4px 0',
    textAlign: 'left',
    fontWeight: tokens.fontWeightRegular,
    whiteSpace: 'nowrap',
  },
  cell: { padding: '4px 8px', textAlign: 'right', whiteSpace: 'nowrap' },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  whole: { fontWeight: tokens.fontWeightSemibold },
})

/** The figures of one link, hop by hop, over the last hour and day. */
export function LatencyTable({ link, title }: { link: LinkLatency; title: string }) {
  const styles = useStyles()
  const { health } = words().pages
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={title}>
      <table className={styles.table}>
        <caption className={styles.caption}>{title}</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={4} className={styles.head}>
              {health.lastHour}
            </th>
            <th scope="colgroup" colSpan={4} className={styles.head}>
              {health.lastDay}
            </th>
          </tr>
          <tr>
            <th scope="col" className={styles.name}>
              {health.hop}
            </th>
            {['hour', 'day'].flatMap((span) =>
              (['writes', 'median', 'p95', 'max'] as const).map((name) => (
                <th key={`${span}/${name}`} scope="col" className={styles.head}>
                  {health[name]}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {link.hops
            .filter(({ day }) => day.count > 0)
            .map((hop) => (
              <HopRow key={hop.hop} hop={hop} />
            ))}
        </tbody>
      </table>
    </section>
  )
}

function HopRow({ hop: { hop, hour, day } }: { hop: HopView }) {
  const styles = useStyles()
  const whole = hop === 'left' || hop === 'written' || hop === 'visible'
  return (
    <tr className={`${styles.row} ${whole ? styles.whole : ''}`}>
      <th scope="row" className={styles.name}>
        {words().pages.health.hops[hop] ?? hop}
      </th>
      {cells('hour', hour)}
      {cells('day', day)}
    </tr>
  )

  function cells(span: string, { count, p50, p95, max }: LatencyFigures) {
    const shown = [String(count), ...[p50, p95, max].map((ms) => (ms === undefined ? '–' : lengthText(ms)))]
    return shown.map((text, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay in their places
      <td key={`${span}/${index}`} className={styles.cell}>
        {text}
      </td>
    ))
  }
}
