import { BuildingMultipleFilled, BuildingMultipleRegular } from '@fluentui/react-icons/svg/building-multiple'
import { ClipboardTextLtrFilled, ClipboardTextLtrRegular } from '@fluentui/react-icons/svg/clipboard-text-ltr'
import { HeartPulseFilled, HeartPulseRegular } from '@fluentui/react-icons/svg/heart-pulse'
import { KeyFilled, KeyRegular } from '@fluentui/react-icons/svg/key'
import { LinkFilled, LinkRegular } from '@fluentui/react-icons/svg/link'
import { PeopleFilled, PeopleRegular } from '@fluentui/react-icons/svg/people'
import { PeopleListFilled, PeopleListRegular } from '@fluentui/react-icons/svg/people-list'
import { PersonFilled, PersonRegular } from '@fluentui/react-icons/svg/person'
import { PersonCircleFilled, PersonCircleRegular } from '@fluentui/react-icons/svg/person-circle'
import { PlugConnectedFilled, PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected'
import { RocketFilled, RocketRegular } from '@fluentui/react-icons/svg/rocket'
import { SettingsFilled, SettingsRegular } from '@fluentui/react-icons/svg/settings'
import type { ComponentType } from 'react'
import type { PageName } from './route.ts'

/** Of each page: elsewhere, and here. */
export const pageIcons: Record<PageName, readonly [ComponentType, ComponentType]> = {
  board: [PeopleRegular, PeopleFilled],
  people: [PeopleListRegular, PeopleListFilled],
  connectors: [PlugConnectedRegular, PlugConnectedFilled],
  links: [LinkRegular, LinkFilled],
  health: [HeartPulseRegular, HeartPulseFilled],
  audit: [ClipboardTextLtrRegular, ClipboardTextLtrFilled],
  fleet: [BuildingMultipleRegular, BuildingMultipleFilled],
  settings: [SettingsRegular, SettingsFilled],
  access: [KeyRegular, KeyFilled],
  'set-up': [RocketRegular, RocketFilled],
  me: [PersonRegular, PersonFilled],
  account: [PersonCircleRegular, PersonCircleFilled],
}
