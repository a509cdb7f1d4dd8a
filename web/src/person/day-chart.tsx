import { makeStyles, tokens } from '@fluentui/react-components'
import type { DaySpan, DayView, DayWrite } from '../../../src/core/day-view.ts'
import type { Activity } from '../../../src/core/presence.ts'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { asPhrase } from '../words/presence-words.ts'
import type { Titles } from '../words/system-titles.ts'
import { slotLabel } from '../words/target-words.ts'
import { clockText, exactText } from '../words/time.ts'
import { personPageWords } from './person-page-words.ts'
import { Nothing } from './section.tsx'

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '14px', marginTop: '12px' },
  name: { fontWeight: tokens.fontWeightSemibold, marginBottom: '4px' },
  bar: { display: 'block', width: '100%', height: '22px' },
  axis: {
    display: 'flex',
    justifyContent: 'space-between',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 16px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  key: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  swatch: { width: '14px', height: '14px', flexShrink: 0 },
  list: { margin: '8px 0 0', paddingLeft: '18px', lineHeight: '22px' },
  summary: { cursor: 'pointer', color: tokens.colorBrandForeground1 },
})

type Tone = 'free' | 'call' | 'busy' | 'dnd' | 'away' | 'off'

const fills: Readonly<Record<Tone, string>> = {
  free: tokens.colorPaletteLightGreenBackground3,
  call: tokens.colorPaletteRedBackground3,
  busy: tokens.colorPaletteDarkOrangeBackground3,
  dnd: tokens.colorPaletteBerryBackground3,
  away: tokens.colorPaletteMarigoldBackground3,
  off: tokens.colorNeutralStroke1,
}

function toneOf({ activity, heard }: DaySpan): Tone {
  if (!heard) return 'off'
  if (activity === 'inACall' || activity === 'inAConferenceCall') return 'call'
  if (activity === 'available') return 'free'
  if (['doNotDisturb', 'presenting', 'focusing', 'urgentInterruptionsOnly'].includes(activity)) return 'dnd'
  if (['away', 'beRightBack', 'inactive', 'outOfOffice'].includes(activity)) return 'away'
  return ['busy', 'inAMeeting'].includes(activity) ? 'busy' : 'off'
}

const labelOf = ({ activity, heard }: Pick<DaySpan, 'activity' | 'heard'>) =>
  heard ? words().codes.states[activity as Activity] : words().codes.notReachable

/** A line of colours for the board and for each system; below it the same in words, for who sees no colours. */
export function DayChart({ day, titles }: { day: DayView; titles: Titles }) {
  const styles = useStyles()
  const now = useNow()
  const said = personPageWords()
  const rows = [
    { name: said.thisBoard, spans: day.board },
    ...day.systems.map(({ connector, spans }) => ({ name: titles.system(connector), spans })),
  ]
  const known = new Map(
    rows.flatMap(({ spans }) => spans.map((span) => [labelOf(span), toneOf(span)] as const)),
  )
  return (
    <div className={styles.all}>
      {day.cut && <Nothing>{said.dayCut}</Nothing>}
      {rows.map(({ name, spans }) => (
        <Row key={name} {...{ name, spans, day }} />
      ))}
      <div className={styles.axis}>
        <span>{clockText(day.from, now)}</span>
        <span>{clockText(day.to, now)}</span>
      </div>
      <ul className={styles.legend}>
        {[...known].map(([label, tone]) => (
          <li key={label} className={styles.key}>
            <svg className={styles.swatch} aria-hidden="true">
              <rect width="14" height="14" rx="3" fill={fills[tone]} />
            </svg>
            {label}
          </li>
        ))}
      </ul>
      <Writes writes={day.writes} titles={titles} />
    </div>
  )
}

interface RowProps {
  readonly name: string
  readonly spans: readonly DaySpan[]
  readonly day: Pick<DayView, 'from' | 'to'>
}

function Row({ name, spans, day }: RowProps) {
  const styles = useStyles()
  const now = useNow()
  const whole = Math.max(1, day.to - day.from)
  return (
    <div>
      <div className={styles.name}>{name}</div>
      <svg className={styles.bar} viewBox={`0 0 ${whole} 20`} preserveAspectRatio="none" aria-hidden="true">
        {spans.map((span) => (
          <rect
            key={span.from}
            x={span.from - day.from}
            width={Math.max(span.to - span.from, whole / 600)}
            height="20"
            fill={fills[toneOf(span)]}
          />
        ))}
      </svg>
      <details>
        <summary className={styles.summary}>{personPageWords().inWords(spans.length)}</summary>
        <ol className={styles.list}>
          {spans.map((span) => (
            <li key={span.from}>
              {exactText(span.from, now)} – {exactText(span.to, now)}: {labelOf(span)}
            </li>
          ))}
        </ol>
      </details>
    </div>
  )
}

function Writes({ writes, titles }: { writes: readonly DayWrite[]; titles: Titles }) {
  const styles = useStyles()
  const now = useNow()
  const said = personPageWords()
  if (writes.length === 0) return <Nothing>{said.nothingWritten}</Nothing>
  return (
    <div>
      <div className={styles.name}>{said.whatWeWrote}</div>
      <ol className={styles.list}>
        {writes.map(({ at, until, connector, address, slot, state }) => (
          <li key={`${at}/${connector}/${slot}`}>
            {exactText(at, now)}
            {until !== undefined && ` – ${exactText(until, now)}`}: {asPhrase(state)} ·{' '}
            {titles.place(connector, address)} · {slotLabel(slot)}
          </li>
        ))}
      </ol>
    </div>
  )
}
