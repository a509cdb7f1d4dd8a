import type { Words } from './english.ts'
import { germanBoard } from './german-board.ts'
import { germanConnectors } from './german-connectors.ts'
import { germanFleet } from './german-fleet.ts'
import { germanForm } from './german-form.ts'
import { germanMicrosoft } from './german-microsoft.ts'
import { germanPages } from './german-pages.ts'
import { germanPerson } from './german-person.ts'
import { germanSetUp } from './german-set-up.ts'
import { germanStates } from './german-states.ts'
import { germanVersions } from './german-versions.ts'

export const german: Words = {
  codes: germanStates,
  board: germanBoard,
  person: germanPerson,
  pages: germanPages,
  fleet: germanFleet,
  form: germanForm,
  connectors: germanConnectors,
  microsoft: germanMicrosoft,
  setUp: germanSetUp,
  versions: germanVersions,
}
