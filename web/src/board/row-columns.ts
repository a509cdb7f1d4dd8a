import type { GriffelStyle } from '@fluentui/react-components'

/**
 * The columns of the board's head and lines, by the width of the grid (a container named `board`): four beside one
 * another, then the systems below the person, then, on a telephone, the state below the name as well.
 */
export const rowColumns: GriffelStyle = {
  display: 'grid',
  columnGap: '16px',
  rowGap: '6px',
  gridTemplateColumns: 'minmax(200px, 1fr) minmax(170px, 0.8fr) 64px minmax(0, 2.2fr)',
  gridTemplateAreas: '"person state since systems"',
  '@container board (min-width: 561px) and (max-width: 960px)': {
    gridTemplateColumns: 'minmax(0, 1.2fr) minmax(0, 1fr) 56px',
    gridTemplateAreas: '"person state since" "systems systems systems"',
  },
  '@container board (max-width: 560px)': {
    gridTemplateColumns: 'minmax(0, 1fr) 56px',
    gridTemplateAreas: '"person since" "state state" "systems systems"',
  },
}
