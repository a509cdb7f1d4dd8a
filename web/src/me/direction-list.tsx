import { makeStyles, Switch, tokens } from '@fluentui/react-components'
import type { Direction, DirectionEnd, OwnSettings } from '../../../src/core/self-port.ts'
import { useNow } from '../live/now.ts'
import { distinctTitles } from '../words/system-titles.ts'
import { clockText } from '../words/time.ts'
import { switchDirection } from './me-client.ts'
import { meWords } from './me-words.ts'
import type { SectionProps } from './section-props.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  note: { margin: '0 0 8px 48px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

/** A switch for each direction, in the words of the systems: "Microsoft Teams follows the phone". */
export function DirectionList({ own, subject, act }: SectionProps & { own: OwnSettings }) {
  const styles = useStyles()
  const now = useNow()
  const { directions: said } = meWords()
  if (own.directions.length === 0) return <p>{said.none}</p>
  const titles = titlesOf(own.directions)
  return (
    <ul className={styles.list}>
      {own.directions.map(({ link, from, to, on, since, observeOnly }) => (
        <li key={link}>
          <Switch
            checked={on}
            label={said.follows(titles(to), titles(from))}
            onChange={(_, { checked }) => void act(switchDirection(subject, link, checked))}
          />
          {!on && <p className={styles.note}>{said.off(clockText(since ?? now, now))}</p>}
          {observeOnly && <p className={styles.note}>{said.observeOnly}</p>}
        </li>
      ))}
    </ul>
  )
}

function titlesOf(directions: readonly Direction[]): (end: DirectionEnd) => string {
  const ends = new Map(
    directions.flatMap(({ from, to }) => [from, to]).map((end) => [end.connector, end.title]),
  )
  const titles = distinctTitles([...ends].map(([id, title]) => ({ id, title })))
  return ({ connector, title }) => titles.get(connector) ?? title
}
