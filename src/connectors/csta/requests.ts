import type { Settings } from './config.ts'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For text and attribute values; control characters, which XML 1.0 does not have, become question marks. */
function escapeXml(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '?').replace(/[&<>"]/g, (each) => escapes[each]!)
}

/** One element with text; see `wrap` for one with elements in it. */
export function element(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`
}

function wrap(name: string, namespace: string, ...content: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="${escapeXml(namespace)}">${content.join('')}</${name}>`
}

/** A call as one device takes part in it (ECMA-269 6.1.5); the device is left out where a system does. */
export interface ConnectionId {
  readonly call: string
  readonly device: string | undefined
}

type Dialect = Pick<Settings, 'profile' | 'switchName'>

/** The requests of ECMA-323 that are used here, in the dialect of one system. */
export class Requests {
  readonly #profile: Settings['profile']
  readonly #switchName: string

  constructor({ profile, switchName }: Dialect) {
    this.#profile = profile
    this.#switchName = switchName
  }

  monitorStart(extension: string): string {
    const object = `<monitorObject>${this.#device('deviceObject', extension)}</monitorObject>`
    return this.#csta('MonitorStart', object, element('monitorType', 'device'))
  }

  monitorStop(crossRef: string): string {
    return this.#csta('MonitorStop', element('monitorCrossRefID', crossRef))
  }

  snapshotDevice(extension: string): string {
    return this.#csta('SnapshotDevice', this.#device('snapshotObject', extension))
  }

  snapshotCall({ call, device }: ConnectionId): string {
    const content = `${element('callID', call)}${device === undefined ? '' : element('deviceID', device)}`
    return this.#csta('SnapshotCall', `<snapshotObject>${content}</snapshotObject>`)
  }

  getDoNotDisturb(extension: string): string {
    return this.#csta('GetDoNotDisturb', this.#device('device', extension))
  }

  setDoNotDisturb(extension: string, on: boolean): string {
    return this.#csta('SetDoNotDisturb', this.#device('device', extension), element('doNotDisturbOn', on))
  }

  getSwitchingFunctionDevices(): string {
    return this.#csta('GetSwitchingFunctionDevices')
  }

  requestSystemStatus(): string {
    return this.#csta('RequestSystemStatus')
  }

  /** The answer to a request of the system's own. */
  response(name: 'SystemStatusResponse' | 'MonitorStopResponse'): string {
    return this.#csta(name)
  }

  #csta(name: string, ...content: readonly string[]): string {
    return wrap(name, this.#profile.edition, ...content)
  }

  #device(name: string, extension: string): string {
    const { device, deviceAttributes } = this.#profile
    // Not by replaceAll with text: a `$` in it would mean something.
    const id = device.replace('{extension}', () => extension).replace('{switch}', () => this.#switchName)
    const attributes = Object.entries(deviceAttributes).map(([key, value]) => ` ${key}="${value}"`)
    return `<${name}${attributes.join('')}>${escapeXml(id)}</${name}>`
  }
}

const sessionNamespace = 'http://www.ecma-international.org/standards/ecma-354/appl_session'

/** How long a session is asked for, seconds; it is prolonged long before. */
export const sessionSeconds = 180

/** StartApplicationSession (ECMA-354 4.1) with the credentials in the system's own form. */
export function startSession(settings: Settings): string {
  const { profile, applicationId, username, password } = settings
  const credentials =
    profile.signIn === 'avayaSession'
      ? `<SessionLoginInfo xmlns="http://www.avaya.com/csta">${element('userName', username)}${element('password', password)}${element('sessionCleanupDelay', 60)}</SessionLoginInfo>`
      : `${element('user', username)}${element('password', password)}`
  const information = `${element('applicationID', applicationId)}<applicationSpecificInfo>${credentials}</applicationSpecificInfo>`
  return wrap(
    'StartApplicationSession',
    sessionNamespace,
    `<applicationInfo>${information}</applicationInfo>`,
    `<requestedProtocolVersions>${element('protocolVersion', profile.version)}</requestedProtocolVersions>`,
    element('requestedSessionDuration', sessionSeconds),
  )
}

/** ECMA-354 4.3. */
export function resetSessionTimer(sessionId: string): string {
  return wrap(
    'ResetApplicationSessionTimer',
    sessionNamespace,
    element('sessionID', sessionId),
    element('requestedSessionDuration', sessionSeconds),
  )
}

/** ECMA-354 4.2. */
export function stopSession(sessionId: string): string {
  const reason = `<sessionEndReason>${element('appEndReason', 'Application Request')}</sessionEndReason>`
  return wrap('StopApplicationSession', sessionNamespace, element('sessionID', sessionId), reason)
}
