import type { DirectoryEntry } from '../../core/connector.ts'
import { isUser, type Settings } from './config.ts'
import { orNothing, readEach, readRegistrations, readUsers } from './reading.ts'
import type { EslSession } from './session.ts'

interface About {
  readonly mail: string | undefined
  readonly displayName: string | undefined
}

/**
 * Everyone that can be named: users of the directory, phones that are registered (a directory in a database cannot be
 * listed), and those of the configuration, which is believed first. Throws ConnectorFailure, EslSilence.
 */
export async function readDirectory(
  api: Pick<EslSession, 'api'>,
  { domain, extensions }: Pick<Settings, 'domain' | 'extensions'>,
): Promise<readonly DirectoryEntry[]> {
  const listed = new Map((await readUsers(api, domain)).map((user) => [user.id, user.displayName]))
  const suffix = `@${domain.toLowerCase()}`
  const registered = (await readRegistrations(api)).flatMap((who) =>
    who.toLowerCase().endsWith(suffix) ? [who.slice(0, -suffix.length)] : [],
  )
  const configured = new Map(extensions.map((each) => [each.extension, each]))
  const users = [...new Set([...configured.keys(), ...listed.keys(), ...registered])].filter(isUser)
  const known = await readEach(users, (user) => readAbout(api, `${user}@${domain}`))
  return users.map((user) => {
    const { mail, displayName = listed.get(user), shared } = { ...known.get(user), ...configured.get(user) }
    return {
      address: user,
      ...(displayName && { displayName }),
      mails: mail ? [mail] : [],
      aliases: [],
      ...(shared && { shared }),
    }
  })
}

/** The voicemail's mail address is the only one that a directory has (mod_voicemail, `vm-mailto`). */
async function readAbout(api: Pick<EslSession, 'api'>, who: string): Promise<Partial<About>> {
  const ask = async (what: string) => (await orNothing(api.api(`user_data ${who} ${what}`))) ?? ''
  const mails = (await ask('param vm-mailto')).split(/[,;\s]+/)
  const mail = mails.find((each) => each.includes('@'))
  const displayName = (await ask('var directory_full_name')) || (await ask('var effective_caller_id_name'))
  return { ...(mail && { mail }), ...(displayName && { displayName }) }
}
