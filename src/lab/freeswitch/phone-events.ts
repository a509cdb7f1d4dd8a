import type { Clock } from '../../core/ports.ts'
import type { Phones } from '../phones.ts'
import type { SwitchSettings } from './switches.ts'

export interface PhoneWorld {
  readonly clock: Clock
  readonly domain: string
  readonly flavour: 'plain' | 'fusionpbx'
  readonly phones: Phones
  readonly settings: Pick<SwitchSettings, 'announce' | 'featureHook'>
  fire(name: string, fields: Readonly<Record<string, string>>): void
}

/** FusionPBX's script sleeps so long for each SIP profile before its directory shows the change. */
const featureMs = 300

/** What FreeSWITCH and its dialplan tell of registrations and of do not disturb. Returns how to stop. */
export function firePhoneChanges({ domain, flavour, phones, settings, fire }: PhoneWorld): () => void {
  return phones.on((change) => {
    if (change.type === 'registered') {
      const { extension, registered } = change.phone
      const subclass = registered ? 'sofia::register' : 'sofia::unregister'
      fire('CUSTOM', { 'Event-Subclass': subclass, 'from-user': extension, 'from-host': domain })
    } else if (change.type === 'dnd' && change.by === 'phone') {
      const { extension, dnd } = change.phone
      if (flavour === 'fusionpbx') fireBusyLampKey(`${extension}@${domain}`, dnd, fire)
      else if (settings.announce) {
        fire('CUSTOM', { 'Event-Subclass': 'hookswitch::dnd', 'Hookswitch-User': `${extension}@${domain}` })
      }
    }
  })
}

/** The lamp dnd+1001 of FusionPBX, which follows the code that somebody has dialled. */
function fireBusyLampKey(who: string, on: boolean, fire: PhoneWorld['fire']): void {
  fire('PRESENCE_IN', {
    ...{ proto: 'dnd', from: who, login: who, event_type: 'presence', alt_event_type: 'dialog' },
    ...{ status: 'Active (1 waiting)', 'answer-state': on ? 'confirmed' : 'terminated' },
  })
}

/** FusionPBX's app/feature_event: for a registered phone the field is written, the phone told, the cache emptied. */
export function setByFeatureKey(world: PhoneWorld, headers: Readonly<Record<string, string>>): void {
  const { user = '', host } = headers
  const phone = world.phones.phone(user)
  const asked = headers['feature-action'] === 'SetDoNotDisturb' && host === world.domain
  if (world.flavour !== 'fusionpbx' || !world.settings.featureHook || !asked || !phone?.registered) return
  const on = headers['feature-enabled'] === 'true'
  world.clock.after(featureMs, () => {
    if (!world.phones.phone(user)) return
    world.fire('PHONE_FEATURE', {
      user,
      host,
      'Feature-Event': 'DoNotDisturbEvent',
      doNotDisturbOn: String(on),
    })
    world.phones.setDnd(user, on, 'pbx')
  })
}
