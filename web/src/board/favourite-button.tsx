import { Button } from '@fluentui/react-components'
import { StarFilled, StarRegular } from '@fluentui/react-icons/svg/star'
import { words } from '../language/words.ts'
import { toggleFavourite, useFavourites } from './favourites.ts'

/** A star that is lit for a favourite. In a line the F key does the same, so that Tab goes from line to line only. */
export function FavouriteButton(props: { personKey: string; inLine?: boolean; className?: string }) {
  const { board } = words()
  const on = useFavourites().has(props.personKey)
  const label = on ? board.noFavourite : board.makeFavourite
  return (
    <Button
      appearance="transparent"
      icon={on ? <StarFilled /> : <StarRegular />}
      aria-pressed={on}
      aria-label={label}
      title={label}
      {...(props.className !== undefined && { className: props.className })}
      {...(props.inLine && { tabIndex: -1, size: 'small' as const })}
      onClick={(event) => {
        event.stopPropagation()
        toggleFavourite(props.personKey)
      }}
    />
  )
}
