import type { Settings } from './config.ts'
import { EslRefusal, type EslSession } from './session.ts'

export type Api = Pick<EslSession, 'api' | 'sendEvent'>

/** Nothing was written, because FreeSWITCH would not take it now. */
export class NotNow extends Error {}

/** Where do not disturb of an extension is kept, and how it is changed there. */
export interface DndPlace {
  /** What an administrator would call it. */
  readonly name: string
  /** What has to be set up where a command is missing or what was written does not show. */
  readonly fix: string
  /** A word that is neither on nor off is told to `strange`, and counts as on. Throws EslRefusal, EslSilence. */
  read(api: Api, user: string, strange?: (word: string) => void): Promise<boolean>
  /** Throws EslRefusal, EslSilence, NotNow. */
  write(api: Api, user: string, on: boolean): Promise<void>
}

export function dndPlace(settings: Settings): DndPlace {
  return settings.flavour === 'fusionpbx' ? fusionPbx(settings) : ownPlace(settings)
}

const words: Readonly<Record<string, boolean>> = {
  ...{ '': false, off: false, false: false, no: false, '0': false },
  ...{ on: true, true: true, yes: true, '1': true },
}

/** Silence is taken for what was set on purpose. */
function isOn(word: string, strange: ((word: string) => void) | undefined): boolean {
  const known = words[word.toLowerCase()]
  if (known === undefined) strange?.(word)
  return known ?? true
}

/** `db` and `hash` have one grammar (mod_db, mod_hash): what the dialplan asks before it rings the phone. */
function ownPlace({ dndStore, dndRealm, dndKey, domain }: Settings): DndPlace {
  const keyOf = (user: string) =>
    `${dndRealm}/${dndKey.replaceAll('{extension}', user).replaceAll('{domain}', domain)}`
  return {
    name: `${dndStore} ${dndRealm}`,
    fix: `Load mod_${dndStore} in modules.conf.xml.`,
    async read(api, user, strange) {
      try {
        return isOn(await api.api(`${dndStore} select/${keyOf(user)}`), strange)
      } catch (error) {
        // What is not there is no do not disturb.
        if (error instanceof EslRefusal && /not found/i.test(error.message) && !error.missing) return false
        throw error
      }
    },
    async write(api, user, on) {
      const act = on ? `insert/${keyOf(user)}/on` : `delete/${keyOf(user)}`
      await api.api(`${dndStore} ${act}`)
    },
  }
}

/**
 * The field `do_not_disturb` of the extension, as its directory shows it. It is changed by the event that a phone's
 * feature key makes: FusionPBX's own script (app/feature_event) writes the field and empties the directory's cache,
 * and it does so for a phone that is registered only.
 */
function fusionPbx({ domain }: Settings): DndPlace {
  return {
    name: 'do_not_disturb of the extension',
    fix: 'In lua.conf.xml switch on the hook of PHONE_FEATURE_SUBSCRIBE with "app.lua feature_event", and reload mod_lua.',
    async read(api, user, strange) {
      return isOn(await api.api(`user_data ${user}@${domain} var do_not_disturb`), strange)
    },
    async write(api, user, on) {
      const contact = await api.api(`sofia_contact */${user}@${domain}`)
      if (!contact.includes('sofia/')) throw new NotNow('FusionPBX changes it for a registered phone only')
      await api.sendEvent('PHONE_FEATURE_SUBSCRIBE', {
        ...{ user, host: domain, contact: `${user}@${domain}` },
        ...{ 'Feature-Action': 'SetDoNotDisturb', 'Feature-Enabled': String(on) },
      })
    },
  }
}
