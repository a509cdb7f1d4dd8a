/** Classes of manager.conf that allow an action, any one of them (Asterisk's own registration of each action). */
const classes: Readonly<Record<string, readonly string[]>> = {
  ExtensionStateList: ['call', 'reporting'],
  DeviceStateList: ['call', 'reporting'],
  PresenceStateList: ['call', 'reporting'],
  Getvar: ['call', 'reporting'],
  VoicemailUsersList: ['call', 'reporting'],
  CoreShowChannels: ['reporting', 'system'],
  DBGet: ['reporting', 'system'],
  DBGetTree: ['reporting', 'system'],
  Setvar: ['call'],
  DBPut: ['system'],
  DBDel: ['system'],
  Filter: ['system'],
  QueuePause: ['agent'],
}

export function classesOf(action: string): readonly string[] {
  return classes[action] ?? []
}

/** `write = system`: the class that is missing when an action is refused. */
export function rightFor(action: string): string {
  return `write = ${classesOf(action).join(' or ') || 'the class of this action'}`
}
