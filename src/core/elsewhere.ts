/** What this hub answers for others of the same installation, and asks of them. */

/** A request of the API whose caller one hub has identified, for another hub that has the tenant. */
export interface PassedRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** Names in lower case; nothing that proves who asks. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** Who asks, as the first hub found out. */
  readonly caller: unknown
  /** Network address from which they ask; left out by earlier versions. */
  readonly from?: string
}

/** What the other hub answered. */
export interface PassedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What one of the other hubs said to what all were asked. */
export interface HubAnswer {
  /** Its name. */
  readonly node: string
  /** Undefined where it did not answer in time. */
  readonly answer: PassedAnswer | undefined
}

/** An address at a connector, looked for in some tenants. */
export interface PlaceQuery {
  readonly connector: string
  readonly address: string
  readonly among: readonly string[]
}

/** Tenants that can be meant by an address. */
export interface TenantsAt {
  /** Those of which somebody is there; where nobody can be, the first that has the connector. */
  readonly found: readonly string[]
  /** Others that have the connector and are not known whole: somebody may be there. */
  readonly unsure: readonly string[]
}

/** Hubs that have what this one has not. */
export interface Elsewhere {
  /** Ids of all tenants, in the order of the configuration. */
  readonly tenants: readonly string[]
  /** Whether another hub has the tenant, or is about to. */
  has(tenant: string): boolean
  /** Whether this hub knows everyone of the tenant, or of all tenants: not yet just after its start, or a change of hands. */
  knows(tenant: string | undefined): boolean
  tenantsAt(place: PlaceQuery): TenantsAt
  /** Asks each other hub. `patienceMs`: how long it may take, milliseconds; some seconds unless told. */
  passToAll(request: PassedRequest, patienceMs?: number): Promise<readonly HubAnswer[]>
  /** Undefined where nobody could answer within some seconds: the tenant is changing hands. */
  pass(tenant: string, request: PassedRequest): Promise<PassedAnswer | undefined>
}
