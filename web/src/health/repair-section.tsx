import { Link, makeStyles, tokens } from '@fluentui/react-components'
import type { PersonView } from '../../../src/core/view.ts'
import type { SystemDetails } from '../../../src/core/workings.ts'
import { DataTable } from '../frame/data-table.tsx'
import { personAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { exactText } from '../words/time.ts'
import { CalmLine } from './calm-line.tsx'
import { healthWords } from './health-words.ts'

/** The page shows so many of the newest. */
const mostShown = 20
/** An extension says something to people; an id of 36 signs does not. */
const longestShown = 20

const useStyles = makeStyles({
  text: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  counts: { margin: '0 0 12px', paddingLeft: '20px' },
})

interface RepairListProps {
  readonly systems: readonly SystemDetails[]
  readonly people: ReadonlyMap<string, PersonView> | undefined
  titleOf(system: SystemDetails): string
}

/** What had gone astray and was put right: how often, and the newest one by one. */
export function RepairList({ systems, people, titleOf }: RepairListProps) {
  const styles = useStyles()
  const said = healthWords()
  const now = useNow()
  const counts = systems.flatMap((system) =>
    system.repairs.counts.map((one) => ({ ...one, title: titleOf(system) })),
  )
  if (counts.length === 0) return <CalmLine>{said.noRepairs}</CalmLine>
  const latest = systems
    .flatMap((system) => system.repairs.latest.map((repair) => ({ system, repair })))
    .sort((a, b) => b.repair.at - a.repair.at)
    .slice(0, mostShown)
  const times = words().pages.health.times
  return (
    <>
      <p className={styles.text}>{said.mendedText}</p>
      <ul className={styles.counts}>
        {counts.map(({ kind, count, title }) => (
          <li key={`${title} ${kind}`}>
            {title}: {said.repairKinds[kind] ?? kind}, {times(count)}
          </li>
        ))}
      </ul>
      {latest.length > 0 && (
        <DataTable
          label={said.mended}
          heads={[said.when, said.person, said.system, said.what]}
          lines={latest.map(({ system, repair: { at, person, address, kind } }, index) => {
            const key = `${system.tenant}/${person}`
            return {
              key: `${key} ${system.connector} ${address} ${at} ${index}`,
              cells: [
                exactText(at, now),
                <Link key="person" href={personAddress(key)} inline>
                  {people?.get(key)?.displayName ?? person}
                </Link>,
                address.length < longestShown ? `${titleOf(system)} ${address}` : titleOf(system),
                said.repairKinds[kind] ?? kind,
              ],
            }
          })}
        />
      )}
    </>
  )
}
