import { Button, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { DarkThemeRegular } from '@fluentui/react-icons/svg/dark-theme'
import { words } from '../language/words.ts'
import { type ThemeChoice, themeChoices } from './theme-choice.ts'

export function ThemeMenu(props: { choice: ThemeChoice; choose(choice: ThemeChoice): void }) {
  const { pages: said } = words()
  return (
    <Menu
      checkedValues={{ theme: [props.choice] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const next = themeChoices.find((choice) => choice === checkedItems[0])
        if (next) props.choose(next)
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<DarkThemeRegular />}
          aria-label={said.colours}
          title={said.colours}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {themeChoices.map((choice) => (
            <MenuItemRadio key={choice} name="theme" value={choice}>
              {said.themes[choice]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
