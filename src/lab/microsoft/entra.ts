import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'
import { type Application, type KnownCertificate, readCertificate } from './application.ts'
import { checkAssertion } from './assertion.ts'
import { EntraRefusal } from './entra-errors.ts'
import { isShared } from './shared-endpoints.ts'
import { SignIns } from './sign-ins.ts'
import { graphAudience, type Tokens } from './tokens.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Graph roots of the global and the US government clouds: any may stand in the scope. */
const resources = [graphAudience, 'https://graph.microsoft.us', 'https://dod-graph.microsoft.us']

interface Registered {
  readonly tenant: string
  readonly application: Application
  readonly certificates: readonly KnownCertificate[]
}

export interface TokenRequest {
  /** Tenant id or name as in the path. */
  readonly tenant: string
  readonly form: Readonly<Record<string, string>>
  /** URLs under which the caller may know this token endpoint. */
  readonly audiences: readonly string[]
  /** True while the fault `expired-secret` is in force. */
  readonly secretExpired: boolean
}

export interface TokenAnswer {
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly ext_expires_in: number
  readonly access_token: string
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** App registrations of every tenant (ids in any letter case), how they prove themselves, and the client credentials grant (RFC 6749 section 4.4). */
export class Entra {
  readonly #clock: Clock
  readonly #tokens: Tokens
  readonly #tenants = new Map<string, Map<string, Registered>>()
  readonly #published = new Map<string, Application>()
  /** Of people who signed in. */
  readonly signIns: SignIns

  constructor(clock: Clock, tokens: Tokens) {
    this.#clock = clock
    this.#tokens = tokens
    this.signIns = new SignIns(clock)
  }

  /** Adds or replaces a registration; its tenant becomes known. */
  register(tenant: string, application: Application): void {
    const certificates = (application.certificates ?? []).map(readCertificate)
    const apps = this.#tenants.get(tenant.toLowerCase()) ?? new Map<string, Registered>()
    apps.set(application.clientId.toLowerCase(), { tenant, application, certificates })
    this.#tenants.set(tenant.toLowerCase(), apps)
  }

  /** Registers an application with its home alone: no tenant has consented to it. */
  publish(application: Application): void {
    this.#published.set(application.clientId.toLowerCase(), application)
  }

  /** An administrator of the tenant consented to it. */
  consent(tenant: string, application: Application): void {
    this.register(tenant, application)
  }

  /** An administrator revokes the sessions of a person: refresh tokens and access tokens of theirs end. */
  revokeSignIns(user: string): void {
    this.signIns.revoke(user)
    this.#tokens.revoke(user)
  }

  /** The consent of a tenant is taken back: the enterprise application is deleted there. */
  withdraw(tenant: string, clientId: string): void {
    this.#tenants.get(tenant.toLowerCase())?.delete(clientId.toLowerCase())
  }

  /** The application for people who sign in at a path of one tenant or a shared one, or EntraRefusal. */
  published(path: string, clientId: string): Application {
    const own = this.#tenants.get(path.toLowerCase())?.get(clientId.toLowerCase())?.application
    if (own) return own
    const published = this.#published.get(clientId.toLowerCase())
    if (published?.multiTenant) return published
    if (!isShared(path)) throw new EntraRefusal(700016, `Application '${clientId}' has no consent here.`)
    throw new EntraRefusal(50194)
  }

  /** Answers a token request or throws EntraRefusal. */
  async grant(request: TokenRequest): Promise<TokenAnswer> {
    const { form, tenant } = request
    if (!this.#tenants.has(tenant.toLowerCase()))
      throw new EntraRefusal(90002, `Tenant '${tenant}' is not one of the lab's.`)
    for (const name of ['grant_type', 'client_id', 'scope']) {
      if (!form[name]) throw new EntraRefusal(900144, `It must contain '${name}'.`)
    }
    if (form.grant_type !== 'client_credentials') throw new EntraRefusal(70003)
    const scope = form.scope ?? ''
    if (!scope.endsWith('/.default')) throw new EntraRefusal(1002012)
    const resource = scope.slice(0, -'/.default'.length)
    if (!resources.includes(resource)) throw new EntraRefusal(500011, `The scope names ${resource}.`)
    const registered = this.#find(tenant, form.client_id ?? '')
    await this.#authenticate(request, registered)
    const { token, expiresIn } = await this.#tokens.issue(registered.tenant, registered.application)
    return { token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token }
  }

  /** The application that asks for a token and proved itself, or EntraRefusal. */
  async prove(request: TokenRequest): Promise<Application> {
    const application = this.published(request.tenant, request.form.client_id ?? '')
    const certificates = (application.certificates ?? []).map(readCertificate)
    await this.#authenticate(request, { tenant: request.tenant, application, certificates })
    return application
  }

  /** The application with this id, or EntraRefusal. */
  find(tenant: string, clientId: string): Application {
    return this.#find(tenant, clientId).application
  }

  /** Whether an application of the tenant has this address. */
  knowsRedirect(tenant: string, address: string): boolean {
    const apps = [...(this.#tenants.get(tenant.toLowerCase())?.values() ?? [])]
    return apps.some(({ application }) => application.redirectUris?.includes(address))
  }

  /** The registration as Graph shows it: of a secret only its first three characters. */
  registration(tenant: string, clientId: string) {
    const found = this.#tenants.get(tenant.toLowerCase())?.get(clientId.toLowerCase())
    return (
      found && {
        appId: found.application.clientId,
        passwordCredentials: (found.application.secrets ?? []).map(({ value, ends }) => ({
          displayName: 'lab',
          endDateTime: ends ?? null,
          hint: value.slice(0, 3),
        })),
      }
    )
  }

  #find(tenant: string, clientId: string): Registered {
    const found = this.#tenants.get(tenant.toLowerCase())?.get(clientId.toLowerCase())
    if (!found) throw new EntraRefusal(700016, `Application '${clientId}' has no consent here.`)
    return found
  }

  async #authenticate(request: TokenRequest, { application, certificates }: Registered): Promise<void> {
    const { client_secret: secret, client_assertion: assertion, client_assertion_type: type } = request.form
    if (assertion) {
      if (type !== assertionType) throw new EntraRefusal(900144, "It must contain 'client_assertion_type'.")
      const { clientId } = application
      await checkAssertion(assertion, {
        clientId,
        certificates,
        audiences: request.audiences,
        wall: this.#clock.wall(),
      })
      return
    }
    if (!secret) throw new EntraRefusal(7000216)
    const found = application.secrets?.find(({ value }) => equal(value, secret))
    if (!found) throw new EntraRefusal(7000215)
    if (found.expired || request.secretExpired) throw new EntraRefusal(7000222)
  }
}
