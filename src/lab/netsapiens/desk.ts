import type { EmulatorDesk } from '../emulator.ts'
import type { People } from '../people.ts'
import type { NetSapiensWorld } from './world.ts'

/** What a person can pick in the portal; the time frame is the timetable's, and is moved on for a try. */
const states = ['Available', 'DND', 'Next time frame'] as const

/** The portal of a person who has an extension here; the first extension counts. */
export function openDesk(world: NetSapiensWorld, people: People): EmulatorDesk {
  const extensionOf = (upn: string) =>
    people.extensionsOf(upn).find((extension) => world.phones.phone(extension) !== undefined)
  return {
    states,
    shown(upn) {
      const extension = extensionOf(upn)
      if (extension === undefined) return undefined
      return world.phones.phone(extension)?.dnd ? 'DND' : 'Available'
    },
    pick(upn, state) {
      const extension = extensionOf(upn)
      if (extension === undefined) return false
      if (state === 'Next time frame') {
        const active = world.rules.active(extension)
        const next = world.rules.list(extension).find(({ frame }) => frame !== active)
        if (next) world.rules.activate(extension, next.frame)
      } else world.phones.setDnd(extension, state === 'DND')
      return true
    },
  }
}
