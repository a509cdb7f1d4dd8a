import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { Hop, LatencyFigures, LinkLatency } from '../../../src/core/latency.ts'
import { words } from '../language/words.ts'
import { lengthText } from '../words/time.ts'
import { healthWords } from './health-words.ts'

/** Widths are told in this many parts. */
const whole = 1000
const height = 14

const useStyles = makeStyles({
  rows: { display: 'flex', flexDirection: 'column', gap: '6px', fontVariantNumeric: 'tabular-nums' },
  row: {
    display: 'grid',
    gridTemplateColumns: '200px minmax(0, 1fr) 140px',
    alignItems: 'center',
    columnGap: '12px',
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr) max-content' },
  },
  name: {},
  whole: { fontWeight: tokens.fontWeightSemibold },
  bar: {
    display: 'block',
    width: '100%',
    height: `${height}px`,
    '@media (max-width: 640px)': { gridColumn: '1 / -1', gridRow: 2 },
  },
  value: { textAlign: 'right', whiteSpace: 'nowrap', fontSize: tokens.fontSizeBase200 },
  track: { fill: tokens.colorNeutralBackground3 },
  most: { fill: tokens.colorBrandBackground2, stroke: tokens.colorBrandStroke1 },
  half: { fill: tokens.colorBrandBackground },
  promise: { stroke: tokens.colorPaletteRedBorderActive, strokeWidth: '2px' },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: '16px',
    marginTop: '8px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  sign: { width: '16px', height: '10px', marginRight: '6px' },
})

type Period = 'hour' | 'day'
type Measured = { readonly hop: Hop; readonly p50: number; readonly p95: number }

/** Half and nearly all changes of a link, hop by hop, as bars of one scale. */
export function LatencyChart({ link, period }: { link: LinkLatency; period: Period }) {
  const styles = useStyles()
  const said = healthWords()
  const { hops: names } = words().pages.health
  const measured = link.hops.flatMap((hop) => measure(hop.hop, hop[period]))
  if (measured.length === 0) return <p>{said.noneInHour}</p>
  const { promiseMs } = link
  const most = Math.max(...measured.map(({ p95 }) => p95), promiseMs ?? 0, 1)
  const told = measured.map(({ hop, p50, p95 }) =>
    said.chartHop(names[hop] ?? hop, lengthText(p50), lengthText(p95)),
  )
  return (
    <div role="img" aria-label={said.chart(link.link, told.join(' '))}>
      <div className={styles.rows}>
        {measured.map((one) => (
          <HopBar key={one.hop} measured={one} most={most} promiseMs={promiseMs} />
        ))}
      </div>
      <div className={styles.legend}>
        <Sign className={styles.half} text={said.half} />
        <Sign className={styles.most} text={said.most} />
        {promiseMs !== undefined && (
          <Sign className={styles.promise} line text={`${said.promise}: ${lengthText(promiseMs)}`} />
        )}
      </div>
    </div>
  )
}

function measure(hop: Hop, { p50, p95 }: LatencyFigures): readonly Measured[] {
  return p50 === undefined || p95 === undefined ? [] : [{ hop, p50, p95 }]
}

interface HopBarProps {
  readonly measured: Measured
  readonly most: number
  readonly promiseMs: number | undefined
}

function HopBar({ measured: { hop, p50, p95 }, most, promiseMs }: HopBarProps) {
  const styles = useStyles()
  const isWhole = hop === 'left' || hop === 'written' || hop === 'visible'
  const at = (ms: number) => Math.max(2, (whole * ms) / most)
  return (
    <div className={styles.row}>
      <span className={mergeClasses(styles.name, isWhole && styles.whole)}>
        {words().pages.health.hops[hop] ?? hop}
      </span>
      <svg
        className={styles.bar}
        viewBox={`0 0 ${whole} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect className={styles.track} width={whole} height={height} />
        <rect className={styles.most} width={at(p95)} height={height} vectorEffect="non-scaling-stroke" />
        <rect className={styles.half} y={3} width={at(p50)} height={height - 6} />
        {hop === 'written' && promiseMs !== undefined && (
          <line
            className={styles.promise}
            x1={at(promiseMs) - 1}
            x2={at(promiseMs) - 1}
            y2={height}
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <span className={styles.value}>
        {lengthText(p50)} / {lengthText(p95)}
      </span>
    </div>
  )
}

function Sign({ className, text, line = false }: { className: string; text: string; line?: boolean }) {
  const styles = useStyles()
  return (
    <span>
      <svg className={styles.sign} viewBox="0 0 16 10" aria-hidden="true">
        {line ? (
          <line className={className} x1={8} x2={8} y2={10} />
        ) : (
          <rect className={className} width={16} height={10} />
        )}
      </svg>
      {text}
    </span>
  )
}
