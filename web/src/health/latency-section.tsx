import { makeStyles, ToggleButton, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { LinkLatency } from '../../../src/core/latency.ts'
import { words } from '../language/words.ts'
import { lengthText } from '../words/time.ts'
import { CalmLine } from './calm-line.tsx'
import { healthWords } from './health-words.ts'
import { LatencyChart } from './latency-chart.tsx'
import { LatencyTable } from './latency-table.tsx'

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '24px' },
  periods: { display: 'flex', flexWrap: 'wrap', gap: '6px', border: 'none', margin: '0 0 12px', padding: 0 },
  title: { margin: '0 0 8px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  promise: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2 },
  broken: { fontWeight: tokens.fontWeightRegular, color: tokens.colorPaletteRedForeground1 },
  figures: {
    marginTop: '8px',
    '& > summary': { cursor: 'pointer', color: tokens.colorBrandForegroundLink, padding: '4px 0' },
  },
})

/** How long the changes of each link took: drawn over the last hour or day, and as figures. */
export function LatencySection({ links }: { links: readonly LinkLatency[] }) {
  const styles = useStyles()
  const { health } = words().pages
  const [period, choose] = useState<'hour' | 'day'>('day')
  const measured = links.filter(({ hops }) => hops.some(({ day }) => day.count > 0))
  if (measured.length === 0) return <CalmLine>{health.noLatency}</CalmLine>
  return (
    <>
      <fieldset aria-label={healthWords().period} className={styles.periods}>
        {(['hour', 'day'] as const).map((one) => (
          <ToggleButton key={one} size="small" checked={one === period} onClick={() => choose(one)}>
            {one === 'hour' ? health.lastHour : health.lastDay}
          </ToggleButton>
        ))}
      </fieldset>
      <div className={styles.all}>
        {measured.map((link) => (
          <LinkPart key={`${link.tenant}/${link.link}`} link={link} period={period} />
        ))}
      </div>
    </>
  )
}

function LinkPart({ link, period }: { link: LinkLatency; period: 'hour' | 'day' }) {
  const styles = useStyles()
  const title = `${link.link} · ${link.tenant}`
  return (
    <div>
      <h3 className={styles.title}>
        {title} <Promised link={link} />
      </h3>
      <LatencyChart link={link} period={period} />
      <details className={styles.figures}>
        <summary>{healthWords().figures}</summary>
        <LatencyTable link={link} title={title} />
      </details>
    </div>
  )
}

function Promised({ link: { promiseMs, kept } }: { link: LinkLatency }) {
  const styles = useStyles()
  const { health } = words().pages
  if (promiseMs === undefined) return null
  const say = kept === undefined ? health.promised : kept ? health.kept : health.broken
  return (
    <span className={kept === false ? styles.broken : styles.promise}>· {say(lengthText(promiseMs))}</span>
  )
}
