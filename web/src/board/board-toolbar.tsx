import { Button, makeStyles, SearchBox, Select, tokens } from '@fluentui/react-components'
import { StarFilled } from '@fluentui/react-icons/svg/star'
import { TvRegular } from '@fluentui/react-icons/svg/tv'
import { WarningRegular } from '@fluentui/react-icons/svg/warning'
import { go } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { wallAddress } from '../wall/wall-choice.ts'
import type { Choice, Chosen, Order } from './choose-people.ts'
import { type Grouping, groupings } from './group-people.ts'
import { CountChip, StateFilter } from './state-filter.tsx'

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center' },
  search: { flex: '1 1 220px', maxWidth: '400px', '@media (max-width: 640px)': { maxWidth: 'none' } },
  selects: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    marginLeft: 'auto',
    '@media (max-width: 640px)': { marginLeft: 0, flexBasis: '100%', '& > *': { flexGrow: 1 } },
  },
  wall: { '@media (max-width: 640px)': { display: 'none' } },
  chips: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    flexBasis: '100%',
    minWidth: 0,
    '@media (max-width: 640px)': {
      flexWrap: 'nowrap',
      overflowX: 'auto',
      scrollbarWidth: 'none',
      margin: '0 -12px',
      padding: '2px 12px',
    },
  },
  star: { color: tokens.colorPaletteMarigoldForeground1, fontSize: '16px' },
  alarm: { color: tokens.colorPaletteDarkOrangeForeground1, fontSize: '16px' },
})

interface BoardToolbarProps {
  readonly choice: Choice
  readonly chosen: Chosen
  readonly tenants: readonly string[]
  choose(choice: Choice): void
}

/** Search, counts by state, and how the board is sorted. */
export function BoardToolbar({ choice, chosen, tenants, choose }: BoardToolbarProps) {
  const styles = useStyles()
  const { board } = words()
  return (
    <search className={styles.tools}>
      <SearchBox
        className={styles.search}
        placeholder={board.searchHint}
        aria-label={board.search}
        value={choice.search}
        onChange={(_, { value }) => choose({ ...choice, search: value })}
      />
      <div className={styles.selects}>
        {tenants.length > 1 && (
          <Select
            aria-label={board.tenant}
            value={choice.tenant ?? ''}
            onChange={(_, { value }) => choose({ ...choice, tenant: value === '' ? undefined : value })}
          >
            <option value="">{board.allTenants}</option>
            {tenants.map((tenant) => (
              <option key={tenant}>{tenant}</option>
            ))}
          </Select>
        )}
        <Select
          aria-label={board.grouping}
          value={choice.grouping}
          onChange={(_, { value }) => choose({ ...choice, grouping: value as Grouping })}
        >
          {groupings.map((grouping) => (
            <option key={grouping} value={grouping}>
              {board.groupings[grouping]}
            </option>
          ))}
        </Select>
        <Select
          aria-label={board.order}
          value={choice.order}
          onChange={(_, { value }) => choose({ ...choice, order: value as Order })}
        >
          {Object.entries(board.orders).map(([order, label]) => (
            <option key={order} value={order}>
              {label}
            </option>
          ))}
        </Select>
        <Button
          icon={<TvRegular />}
          aria-label={board.wallHint}
          title={board.wallHint}
          className={styles.wall}
          onClick={() => go(wallAddress(choice))}
        />
      </div>
      <div className={styles.chips}>
        <StateFilter
          counts={chosen.counts}
          chosen={choice.groups}
          choose={(groups) => choose({ ...choice, groups })}
        />
        {(chosen.favourites > 0 || choice.favourites) && (
          <CountChip
            label={board.favourites}
            count={chosen.favourites}
            on={choice.favourites}
            icon={<StarFilled className={styles.star} />}
            toggle={() => choose({ ...choice, favourites: !choice.favourites })}
          />
        )}
        {(chosen.attention > 0 || choice.attention) && (
          <CountChip
            label={board.needsLook}
            count={chosen.attention}
            on={choice.attention}
            icon={<WarningRegular className={styles.alarm} />}
            toggle={() => choose({ ...choice, attention: !choice.attention })}
          />
        )}
      </div>
    </search>
  )
}
