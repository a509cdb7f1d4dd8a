import type { EmulatorDesk } from '../emulator.ts'
import type { People } from '../people.ts'
import type { VodiaWorld } from './world.ts'

/** What a person can pick in the vendor's client: off, or do not disturb with a reason. */
const states = ['Available', 'DND', 'DND: Lunch break', 'DND: Meeting'] as const

/** The client of a person who has an extension here; the first extension counts. */
export function openDesk(world: VodiaWorld, people: People): EmulatorDesk {
  const extensionOf = (upn: string) =>
    people.extensionsOf(upn).find((extension) => world.phones.phone(extension) !== undefined)
  return {
    states,
    shown(upn) {
      const extension = extensionOf(upn)
      if (extension === undefined) return undefined
      if (!world.phones.phone(extension)?.dnd) return 'Available'
      const { reason } = world.dnd.read(extension)
      return reason === '' ? 'DND' : `DND: ${reason}`
    },
    pick(upn, state) {
      const extension = extensionOf(upn)
      if (extension === undefined) return false
      if (state === 'Available') world.dnd.clear(extension)
      else world.dnd.set(extension, state.replace(/^DND:? ?/, ''))
      return true
    },
  }
}
