import type { ComponentType } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import type { Choice } from '../board/choose-people.ts'
import type { ConnectorsAnswer } from '../connectors/use-connectors.ts'
import type { LanguageState } from '../language/language-choice.ts'
import type { Board } from '../live/use-board.ts'
import type { Polled } from '../live/use-polled.ts'
import type { CallerSigns } from '../session/caller-signs.ts'
import type { ThemeState } from '../theme/theme-choice.ts'

/** What every page is given; a page names the parts that it uses. */
export interface PageContext extends CallerSigns {
  readonly board: Board
  readonly people: ReadonlyMap<string, PersonView> | undefined
  /** How the board stands with the hub: a change asks again. */
  readonly link: string
  readonly systems: Polled<ConnectorsAnswer>
  /** Ids of the tenants that the caller reaches. */
  readonly tenants: readonly string[]
  readonly theme: ThemeState
  readonly language: LanguageState
  readonly demo: boolean
  /** What of the board is shown; it outlives a look at another page. */
  readonly choice: Choice
  choose(choice: Choice): void
  /** Key of the person that the address names. */
  readonly selected: string | undefined
  /** What follows the page's name in the address: `#/connectors/contoso/pbx` has contoso and pbx. */
  readonly rest: readonly string[]
  readonly query: URLSearchParams
  /** Somebody has signed out, or stands otherwise with the hub. */
  left(): void
}

/** One page of the navigation. */
export interface PageEntry {
  /** Loaded at its first visit (`lazy`), unless everyone begins there. */
  readonly Page: ComponentType<PageContext>
  /** Whether it is offered. The hub itself refuses what the caller may not read. */
  allowed(signs: CallerSigns): boolean
}
