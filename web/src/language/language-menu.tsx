import { Button, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { LocalLanguageRegular } from '@fluentui/react-icons/svg/local-language'
import type { LanguageChoice, LanguageState } from './language-choice.ts'
import { languageNames, languages, words } from './words.ts'

export function LanguageMenu({ choice, choose }: LanguageState) {
  const { pages } = words()
  const choices: readonly LanguageChoice[] = ['browser', ...languages]
  return (
    <Menu
      checkedValues={{ language: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const next = choices.find((one) => one === checkedItems[0])
        if (next) choose(next)
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<LocalLanguageRegular />}
          aria-label={pages.language}
          title={pages.language}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {choices.map((one) => (
            <MenuItemRadio key={one} name="language" value={one} {...(one !== 'browser' && { lang: one })}>
              {one === 'browser' ? pages.asBrowser : languageNames[one]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
