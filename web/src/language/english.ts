import { englishBoard } from './english-board.ts'
import { englishConnectors } from './english-connectors.ts'
import { englishFleet } from './english-fleet.ts'
import { englishForm } from './english-form.ts'
import { englishMicrosoft } from './english-microsoft.ts'
import { englishPages } from './english-pages.ts'
import { englishPerson } from './english-person.ts'
import { englishSetUp } from './english-set-up.ts'
import { englishStates } from './english-states.ts'
import { englishVersions } from './english-versions.ts'

/** Every word of the pages. Another language has exactly these keys, or its file does not compile. */
export const english = {
  codes: englishStates,
  board: englishBoard,
  person: englishPerson,
  pages: englishPages,
  fleet: englishFleet,
  form: englishForm,
  connectors: englishConnectors,
  microsoft: englishMicrosoft,
  setUp: englishSetUp,
  versions: englishVersions,
}
export type Words = typeof english
