import { AppsRegular } from '@fluentui/react-icons/svg/apps'
import { DialpadRegular } from '@fluentui/react-icons/svg/dialpad'
import { PeopleQueueRegular } from '@fluentui/react-icons/svg/people-queue'
import { PeopleTeamRegular } from '@fluentui/react-icons/svg/people-team'
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected'
import type { ComponentType } from 'react'

const icons: Record<string, ComponentType<{ className?: string }>> = {
  collaboration: PeopleTeamRegular,
  pbx: DialpadRegular,
  queue: PeopleQueueRegular,
  crm: AppsRegular,
}

/** The kind of a system (manifest), as an icon. */
export function SystemIcon({ kind, className }: { kind: string; className?: string }) {
  const Icon = icons[kind] ?? PlugConnectedRegular
  return <Icon {...(className ? { className } : {})} />
}
