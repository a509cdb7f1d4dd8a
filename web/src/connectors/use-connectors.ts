import type { ConnectorView } from '../../../src/core/view.ts'
import { ask } from '../live/http.ts'
import { type Polled, usePolled } from '../live/use-polled.ts'

const everyMs = 5_000

export interface ConnectorsAnswer {
  readonly connectors: readonly ConnectorView[]
  /** Ids of those that the caller reaches. */
  readonly tenants?: readonly string[]
  /** Of which a hub of an earlier version, beside newer ones, tells the tenants. */
  readonly rules: readonly { readonly tenant: string }[]
  /** Where the configuration is kept; left out where the hub does not tell it. */
  readonly configuration?: 'file' | 'stored'
}

/** Health of every connector; asked again at once when `when` changes, not at all while it is undefined. */
export function useConnectors(when: string | undefined): Polled<ConnectorsAnswer> {
  return usePolled({
    key: when,
    everyMs,
    read: (signal) => ask('/api/v1/connectors', { signal }) as Promise<ConnectorsAnswer>,
  })
}
