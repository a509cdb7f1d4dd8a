import type { EmulatorDesk } from '../emulator.ts'
import type { People } from '../people.ts'
import { appStatuses } from './accounts.ts'
import type { WebexWorld } from './world.ts'

/** What somebody does in the Webex app: do not disturb, or whatever else the app shows. */
const states = ['DoNotDisturb', ...appStatuses] as const

/** The app of a person who has an extension here; the first extension counts. */
export function openDesk({ accounts, phones }: WebexWorld, people: People): EmulatorDesk {
  const phoneOf = (upn: string) =>
    people
      .extensionsOf(upn)
      .map((extension) => phones.phone(extension))
      .find((phone) => phone !== undefined)
  return {
    states,
    shown(upn) {
      const phone = phoneOf(upn)
      return phone && accounts.shownStatus(phone)
    },
    pick(upn, state) {
      const phone = phoneOf(upn)
      if (!phone) return false
      phones.setDnd(phone.extension, state === 'DoNotDisturb')
      if (state !== 'DoNotDisturb') accounts.setStatus(phone.extension, state)
      return true
    },
  }
}
