import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useEffect, useMemo, useRef } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { choosePeople } from '../board/choose-people.ts'
import { useFavourites } from '../board/favourites.ts'
import { StateIcon } from '../board/state-icon.tsx'
import { groupKinds, stateGroups } from '../board/state-kind.ts'
import { LinkSign } from '../frame/link-sign.tsx'
import { go } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { personKey } from '../live/board-store.ts'
import { useNow } from '../live/now.ts'
import type { Board } from '../live/use-board.ts'
import { clockText } from '../words/time.ts'
import { useWallPages } from './use-wall-pages.ts'
import { readWallChoice } from './wall-choice.ts'
import { WallTile } from './wall-tile.tsx'

const useStyles = makeStyles({
  wall: {
    height: '100dvh',
    boxSizing: 'border-box',
    padding: '20px 24px',
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
    '@media (max-width: 640px)': { padding: '8px' },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: '28px',
    rowGap: '4px',
    margin: 0,
  },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  count: { display: 'flex', alignItems: 'center', gap: '10px', fontSize: '22px', lineHeight: '30px' },
  icon: { fontSize: '28px' },
  number: { fontSize: '30px', fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  right: { marginLeft: 'auto', display: 'flex', alignItems: 'center', gap: '16px' },
  clock: { fontSize: '30px', fontVariantNumeric: 'tabular-nums' },
  leave: { opacity: 0.55, ':hover': { opacity: 1 }, ':focus-visible': { opacity: 1 } },
  tiles: {
    flex: '1 1 0',
    minHeight: 0,
    overflow: 'hidden',
    display: 'grid',
    gap: '16px',
    alignContent: 'start',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  empty: { fontSize: '24px', lineHeight: '32px' },
})

const nobody: ReadonlyMap<string, PersonView> = new Map()

/** The board for a wall: nothing around it, big, turned by itself; whom it shows stands in its address. */
export default function WallPage({ board, query }: { board: Board; query: URLSearchParams }) {
  const styles = useStyles()
  const favourites = useFavourites()
  const choice = useMemo(() => readWallChoice(query), [query])
  const people = board.people ?? nobody
  const chosen = useMemo(
    () => choosePeople(people.values(), choice, favourites),
    [people, choice, favourites],
  )
  const frame = useRef<HTMLUListElement>(null)
  const { size, columns, page, pages } = useWallPages(frame, chosen.people.length)
  const said = words().board
  useEffect(() => {
    document.title = `${words().board.wall} · Hookswitch`
  }, [])
  return (
    <main className={styles.wall}>
      <h1 className={styles.hidden}>{said.wall}</h1>
      <div className={styles.head}>
        {stateGroups
          .filter((group) => chosen.counts[group] > 0)
          .map((group) => (
            <span key={group} className={styles.count}>
              <StateIcon kind={groupKinds[group]} className={styles.icon} />
              <span className={styles.number}>{chosen.counts[group]}</span>
              {words().codes.groups[group]}
            </span>
          ))}
        <WallRight board={board} page={pages > 1 ? said.wallPage(page + 1, pages) : ''} />
      </div>
      {board.people !== undefined && chosen.people.length === 0 && (
        <p className={styles.empty}>{said.wallEmpty}</p>
      )}
      <ul
        ref={frame}
        className={styles.tiles}
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {chosen.people.slice(page * size, (page + 1) * size).map((person) => (
          <WallTile key={personKey(person)} person={person} />
        ))}
      </ul>
    </main>
  )
}

function WallRight({ board, page }: { board: Board; page: string }) {
  const styles = useStyles()
  const now = useNow()
  const said = words().board
  return (
    <span className={styles.right}>
      <span>{page}</span>
      <LinkSign link={board.link} />
      <span className={styles.clock}>{clockText(now, now)}</span>
      <Button
        appearance="subtle"
        className={styles.leave}
        icon={<DismissRegular />}
        aria-label={said.leaveWall}
        title={said.leaveWall}
        onClick={() => go('#/')}
      />
    </span>
  )
}
