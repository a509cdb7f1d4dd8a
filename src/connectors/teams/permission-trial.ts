import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { PermissionFinding, PermissionTrial } from '../../core/consent-port.ts'
import { fieldsOf, readJson, textOf } from '../kit/http.ts'
import { wholeRoles } from './directory.ts'
import { explainGraph } from './errors.ts'
import type { GraphReply } from './graph.ts'
import { ownApplicationPermission } from './own-application.ts'
import { openSession, type Session } from './session.ts'
import type { Settings } from './settings.ts'
import { writerSettings } from './writer.ts'
import { writePermission } from './writing.ts'

type Outcome = Pick<PermissionFinding, 'outcome' | 'text'> & { readonly fix?: string }

const patience = { priority: 'settle', timeoutMs: 10_000, patienceMs: 20_000 } as const
const nobody = '00000000-0000-0000-0000-000000000000'
/** The weakest state, for the shortest time that Graph takes: what else is shown of the person stands above it. */
const weakest = { availability: 'Away', activity: 'Away', expirationDuration: 'PT5M' }

/** Tries each permission on one person; never throws. */
export async function tryTeamsPermissions(
  settings: Settings,
  context: ConnectorContext,
  trial: PermissionTrial,
): Promise<readonly PermissionFinding[]> {
  const session = openSession(settings, context)
  try {
    const { roles } = await session.tokens.get()
    const writer = writerSettings(settings)
    const signedIn = { permission: '', outcome: 'granted' } as const
    const text = `Signed in to tenant ${settings.entraTenantId} as app ${settings.clientId}.`
    const trier = new Trier({
      ...{ session, settings, roles },
      trial: writer ? { ...trial, readOnly: true } : trial,
    })
    const findings = [{ ...signedIn, text }, ...(await trier.all())]
    if (!writer || trial.readOnly) return findings
    // What writes is tried as what it is, and nothing of it but that.
    const written = await tryTeamsPermissions(writer, context, trial)
    const isAboutWriting = ({ permission }: PermissionFinding) =>
      permission === '' || permission === writePermission
    return [...findings, ...written.filter(isAboutWriting)]
  } catch (error) {
    const failure = error instanceof ConnectorFailure ? error : undefined
    context.log.debug('a trial of permissions failed', { error })
    const text = failure?.message ?? 'The trial broke off unexpectedly.'
    const fix = failure?.fix ?? 'Report this with the log.'
    return [{ permission: '', outcome: 'failed', text, fix }]
  } finally {
    session.close()
  }
}

interface TrierParts {
  readonly session: Session
  readonly settings: Settings
  readonly trial: PermissionTrial
  /** Of the token; undefined where it does not tell. */
  readonly roles: readonly string[] | undefined
}

class Trier {
  readonly #parts: TrierParts

  constructor(parts: TrierParts) {
    this.#parts = parts
  }

  async all(): Promise<readonly PermissionFinding[]> {
    const { trial } = this.#parts
    const { people, id } = await this.#findPerson()
    return [
      { permission: 'User.ReadBasic.All', ...people },
      { permission: 'Presence.Read.All', ...(await this.#read(id)) },
      ...(trial.readOnly ? [] : [{ permission: 'Presence.ReadWrite.All', ...(await this.#write(id)) }]),
      {
        permission: 'User.Read.All',
        ...this.#byToken(wholeRoles, 'guests, disabled people, aliases and licences'),
      },
      {
        permission: ownApplicationPermission,
        ...this.#byToken([ownApplicationPermission], 'the end of the client secret'),
      },
    ]
  }

  async #findPerson(): Promise<{ readonly people: Outcome; readonly id: string | undefined }> {
    const { person } = this.#parts.trial
    const path = `/users/${encodeURIComponent(person)}?$select=id`
    const reply = await this.#send('users', path)
    const id = reply.kind === 'ok' ? textOf(fieldsOf(readJson(reply.text)).id) : undefined
    if (id !== undefined) return { id, people: { outcome: 'granted', text: `${person} was found.` } }
    if (reply.kind === 'refused' && reply.refusal.status === 404) {
      const text = `People can be found, but nobody in the tenant has the sign-in name ${person}.`
      const fix = 'Name somebody of this tenant by their user principal name.'
      return { id, people: { outcome: 'failed', text, fix } }
    }
    return { id, people: this.#refused(reply, 'User.ReadBasic.All', 'People cannot be found') }
  }

  async #read(id: string | undefined): Promise<Outcome> {
    const body = { ids: [id ?? nobody] }
    const reply = await this.#send('presences', '/communications/getPresencesByUserId', body)
    if (reply.kind === 'ok') {
      return { outcome: 'granted', text: id ? 'Their presence was read.' : 'Presence may be read.' }
    }
    const unknown = reply.kind === 'refused' && [400, 404].includes(reply.refusal.status)
    if (id === undefined && unknown) return { outcome: 'granted', text: 'Presence may be read.' }
    return this.#refused(reply, 'Presence.Read.All', 'Presence cannot be read')
  }

  async #write(id: string | undefined): Promise<Outcome> {
    const { roles, settings, trial } = this.#parts
    const permission = 'Presence.ReadWrite.All'
    const failed = 'Presence cannot be written'
    if (roles && !roles.includes(permission)) return this.#missing(permission, failed)
    const act = (call: string, whom: string, body: object) =>
      this.#send(call, `/users/${whom}/presence/${call}`, { sessionId: settings.clientId, ...body })
    if (!trial.write || id === undefined) {
      // A clear for nobody is refused with 403, or finds nobody.
      const reply = await act('clearPresence', nobody, {})
      const isAllowed = reply.kind === 'ok' || (reply.kind === 'refused' && reply.refusal.status === 404)
      if (!isAllowed && roles === undefined) return this.#refused(reply, permission, failed)
      return { outcome: 'granted', text: 'Presence may be written; nothing was written for this trial.' }
    }
    const set = await act('setPresence', id, weakest)
    const cleared = await act('clearPresence', id, {})
    if (set.kind !== 'ok') return this.#refused(set, permission, failed)
    const isGone = cleared.kind === 'ok' || (cleared.kind === 'refused' && cleared.refusal.status === 404)
    if (isGone) return { outcome: 'granted', text: 'Presence was written for a moment, and taken back.' }
    const fix = 'Nothing: what was written shows nothing that anybody would notice, and ends in five minutes.'
    return { outcome: 'granted', text: 'Presence was written, but could not be taken back at once.', fix }
  }

  /** What only adds something is told by the token; nothing is tried for it. */
  #byToken(names: readonly string[], what: string): Outcome {
    const { roles } = this.#parts
    if (roles === undefined) {
      return { outcome: 'notTried', text: `Whether ${what} can be read is not told by the token.` }
    }
    if (roles.some((role) => names.includes(role))) {
      return { outcome: 'granted', text: `It tells ${what}.` }
    }
    return { outcome: 'notTried', text: `Not granted, and not needed: it would tell ${what}.` }
  }

  #missing(permission: string, failed: string): Outcome {
    const { settings } = this.#parts
    const refusal = { status: 403, code: 'Authorization_RequestDenied', message: '', requestId: undefined }
    const { reason, fix } = explainGraph(refusal, permission, settings)
    return { outcome: 'missing', text: `${failed}: ${reason}`, fix }
  }

  #refused(reply: GraphReply, permission: string, failed: string): Outcome {
    const { roles, settings } = this.#parts
    switch (reply.kind) {
      case 'refused': {
        const { reason, fix } = explainGraph(reply.refusal, permission, settings)
        const missing = reply.refusal.status === 403 && !roles?.includes(permission)
        return { outcome: missing ? 'missing' : 'failed', text: `${failed}: ${reason}`, fix }
      }
      case 'ok':
        return { outcome: 'failed', text: `${failed}: the answer holds nothing.`, fix: 'Check graphUrl.' }
      case 'signedOut':
        return {
          ...{ outcome: 'failed', text: reply.failure.message },
          ...(reply.failure.fix !== undefined && { fix: reply.failure.fix }),
        }
      default: {
        const fix = 'Check the network, and try again in a minute.'
        return { outcome: 'failed', text: `${failed}: ${reply.reason}.`, fix }
      }
    }
  }

  #send(call: string, path: string, body?: object): Promise<GraphReply> {
    const { graph } = this.#parts.session
    const text = body && { body: JSON.stringify(body) }
    return graph.send({ ...patience, call, method: body ? 'POST' : 'GET', path, ...text })
  }
}
