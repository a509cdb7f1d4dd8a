import { ConnectorFailure } from '../../core/connector.ts'
import { eachAbreast } from '../kit/abreast.ts'
import {
  type ChannelSeen,
  decodeChannels,
  decodeRegistrations,
  decodeUsers,
  type ListedUser,
} from './decode.ts'
import { EslRefusal, type EslSession } from './session.ts'

type Api = Pick<EslSession, 'api'>

/** So many questions are on their way at once: their answers come one after the other anyway. */
const abreast = 8

/** Throws ConnectorFailure, EslSilence. */
export async function readChannels(api: Api): Promise<readonly ChannelSeen[]> {
  return readList(api, 'show channels as json', decodeChannels)
}

/** user@domain of every registration. Throws ConnectorFailure, EslSilence. */
export async function readRegistrations(api: Api): Promise<readonly string[]> {
  return readList(api, 'show registrations as json', decodeRegistrations)
}

async function readList<Item>(
  api: Api,
  command: string,
  decode: (text: string) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  try {
    const list = decode(await api.api(command))
    if (list) return list
    throw new ConnectorFailure(
      'not-ready',
      `FreeSWITCH answered "${command}" with something that is no list.`,
    )
  } catch (error) {
    if (!(error instanceof EslRefusal)) throw error
    throw new ConnectorFailure('misconfigured', `FreeSWITCH does not answer "${command}": ${error.message}`, {
      fix: 'Load mod_commands in modules.conf.xml and use FreeSWITCH 1.6 or later with its core database.',
      cause: error,
    })
  }
}

/** Users of a directory in files; a directory in a database (FusionPBX) lists nobody. Throws EslSilence. */
export async function readUsers(api: Api, domain: string): Promise<readonly ListedUser[]> {
  const text = await orNothing(api.api(`list_users domain ${domain}`))
  return decodeUsers(text ?? '').filter((user) => user.domain.toLowerCase() === domain.toLowerCase())
}

/** Which of these the directory has. Throws EslSilence. */
export async function readExistence(
  api: Api,
  domain: string,
  users: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const found = new Map<string, boolean>()
  await eachAbreast(users, abreast, async (user) => {
    const answer = await orNothing(api.api(`user_exists id ${user} ${domain}`))
    found.set(user, answer === 'true')
    return true
  })
  return found
}

/** Asks for each of these until one is refused. Throws EslRefusal, EslSilence. */
export async function readEach<Value>(
  users: readonly string[],
  read: (user: string) => Promise<Value>,
): Promise<ReadonlyMap<string, Value>> {
  const found = new Map<string, Value>()
  await eachAbreast(users, abreast, async (user) => {
    found.set(user, await read(user))
    return true
  })
  return found
}

/** Undefined where FreeSWITCH refuses. */
export async function orNothing<Value>(read: Promise<Value>): Promise<Value | undefined> {
  try {
    return await read
  } catch (error) {
    if (error instanceof EslRefusal) return undefined
    throw error
  }
}
