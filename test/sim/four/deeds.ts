import type { PhoneWorld } from '../phone-world.ts'
import type { RegisterWorld } from '../register-world.ts'
import { loggedOut } from '../register-world.ts'
import type { TeamsWorld } from '../teams-world.ts'
import type { SystemName } from './words.ts'
import { pairOf } from './words.ts'

/** What a person, or the office hours of the profiles, may do: where, and what. */
export type Deed = { [Of in keyof Verbs]: `${Of} ${Verbs[Of]}` }[keyof Verbs]

interface Verbs {
  teams: 'available' | 'away' | 'busy' | 'dnd' | 'none' | 'call' | 'hangup'
  phone: 'available' | 'dnd' | 'call' | 'hangup'
  profiles: 'available' | 'away' | 'dnd' | 'call' | 'hangup' | 'closing' | 'opening'
  crm: 'available' | 'away' | 'busy' | 'dnd' | 'login' | 'logout'
}

const verbs: { readonly [Of in keyof Verbs]: readonly Verbs[Of][] } = {
  teams: ['available', 'away', 'busy', 'dnd', 'none', 'call', 'hangup'],
  phone: ['available', 'dnd', 'call', 'hangup'],
  profiles: ['available', 'away', 'dnd', 'call', 'hangup', 'closing', 'opening'],
  crm: ['available', 'away', 'busy', 'dnd', 'login', 'logout'],
}

export const deeds = Object.entries(verbs).flatMap(([system, each]) =>
  each.map((verb) => `${system} ${verb}` as Deed),
)

/** The systems, none of which knows the hub, and the person's address at each. */
export interface Desk {
  readonly teams: TeamsWorld
  readonly phone: PhoneWorld
  readonly profiles: RegisterWorld
  readonly profileCalls: PhoneWorld
  readonly crm: RegisterWorld
  readonly at: Readonly<Record<SystemName, string>>
}

export function systemOf(deed: Deed): SystemName {
  return deed.slice(0, deed.indexOf(' ')) as SystemName
}

export function verbOf(deed: Deed): Verbs[SystemName] {
  return deed.slice(deed.indexOf(' ') + 1) as Verbs[SystemName]
}

/** Does it; false when it was so already, or cannot be done, so that nobody could see anything. */
export function perform(deed: Deed, { teams, phone, profiles, profileCalls, crm, at }: Desk): boolean {
  const verb = verbOf(deed)
  switch (systemOf(deed)) {
    case 'teams':
      return inTeams(teams, at.teams, verb)
    case 'phone':
      if (verb === 'call') return phone.startCall(at.phone) !== ''
      if (verb === 'hangup') return phone.endCall(at.phone)
      return phone.setDnd(at.phone, verb === 'dnd', 'person')
    case 'profiles':
      if (verb === 'call') return profileCalls.startCall(at.profiles) !== ''
      if (verb === 'hangup') return profileCalls.endCall(at.profiles)
      if (verb === 'closing') return profiles.put(at.profiles, pairOf('away'), 'schedule')
      if (verb === 'opening') return profiles.put(at.profiles, pairOf('available'), 'schedule')
      return choose(profiles, at.profiles, verb)
    case 'crm':
      if (verb === 'login') return crm.logIn(at.crm)
      if (verb === 'logout') return crm.put(at.crm, loggedOut, 'person')
      return crm.isLoggedIn(at.crm) && choose(crm, at.crm, verb)
  }
}

type Choice = Exclude<
  Verbs[SystemName],
  'none' | 'call' | 'hangup' | 'login' | 'logout' | 'closing' | 'opening'
>

function inTeams(teams: TeamsWorld, address: string, verb: Verbs[SystemName]): boolean {
  if (verb === 'call' || verb === 'hangup') {
    if (teams.state(address).inCall === (verb === 'call')) return false
    teams.change(address, { inCall: verb === 'call' })
    return true
  }
  const pair = verb === 'none' ? undefined : pairOf(verb as Choice)
  if (teams.preferred(address)?.pair === pair) return false
  teams.prefer(address, pair, 'person')
  return true
}

function choose(world: RegisterWorld, address: string, verb: Verbs[SystemName]): boolean {
  return world.put(address, pairOf(verb as Choice), 'person')
}
