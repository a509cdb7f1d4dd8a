import { Button, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { DarkThemeRegular } from '@fluentui/react-icons/svg/dark-theme'
import { type ThemeChoice, themeChoices } from './theme-choice.ts'

const labels: Record<ThemeChoice, string> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
}

export function ThemeMenu(props: { choice: ThemeChoice; choose(choice: ThemeChoice): void }) {
  return (
    <Menu
      checkedValues={{ theme: [props.choice] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const next = themeChoices.find((choice) => choice === checkedItems[0])
        if (next) props.choose(next)
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<DarkThemeRegular />} aria-label="Colours" title="Colours" />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {themeChoices.map((choice) => (
            <MenuItemRadio key={choice} name="theme" value={choice}>
              {labels[choice]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
