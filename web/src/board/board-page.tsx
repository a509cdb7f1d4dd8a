import { lazy, Suspense, useDeferredValue, useMemo } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { go, personAddress } from '../frame/route.ts'
import type { Board } from '../live/use-board.ts'
import { administers, type CallerSigns } from '../session/caller-signs.ts'
import { BoardEmpty } from './board-empty.tsx'
import { BoardToolbar } from './board-toolbar.tsx'
import { type Choice, choosePeople, everyone } from './choose-people.ts'
import { DemoHint } from './demo-hint.tsx'
import { useFavourites } from './favourites.ts'
import { groupPeople } from './group-people.ts'
import { PeopleGrid } from './people-grid.tsx'

const nobody: ReadonlyMap<string, PersonView> = new Map()
const open = (key: string) => go(personAddress(key))

interface BoardPageProps extends CallerSigns {
  readonly link: string
  readonly board: Board
  readonly demo: boolean
  readonly choice: Choice
  choose(choice: Choice): void
  /** Key of the person in the panel. */
  readonly selected: string | undefined
}

const ActionList = lazy(() => import('./action-list.tsx'))

/** Everyone, live. */
export function BoardPage({ board, demo, choice, choose, selected, ...signs }: BoardPageProps) {
  const asked = useDeferredValue(choice)
  const favourites = useFavourites()
  const people = board.people ?? nobody
  const chosen = useMemo(() => choosePeople(people.values(), asked, favourites), [people, asked, favourites])
  const lines = useMemo(() => groupPeople(chosen.people, asked.grouping), [chosen, asked])
  const tenants = useMemo(
    () => [...new Set([...people.values()].map(({ tenant }) => tenant))].sort(),
    [people],
  )
  return (
    <>
      {demo && <DemoHint />}
      {signs.configuration !== undefined && administers(signs) && (
        <Suspense>
          <ActionList link={signs.link} />
        </Suspense>
      )}
      <BoardToolbar choice={choice} chosen={chosen} tenants={tenants} choose={choose} />
      {lines.length === 0 ? (
        <BoardEmpty
          loading={board.people === undefined && board.link.state === 'connecting'}
          anyone={people.size > 0}
          showAll={() => choose({ ...everyone, order: choice.order })}
        />
      ) : (
        <PeopleGrid
          lines={lines}
          selected={selected}
          order={choice.order}
          setOrder={(order) => choose({ ...choice, order })}
          open={open}
        />
      )}
    </>
  )
}
