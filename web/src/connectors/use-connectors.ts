import type { ConnectorView } from '../../../src/core/view.ts'
import { ask } from '../live/http.ts'
import { readList } from '../live/read-list.ts'
import { usePolled } from '../live/use-polled.ts'

const everyMs = 5_000

/** Health of every connector; asked again at once when the link to the hub changes. */
export function useConnectors(link: string): readonly ConnectorView[] {
  const { value } = usePolled({
    key: link === 'token' ? undefined : link,
    everyMs,
    read: async (signal) =>
      readList<ConnectorView>(await ask('/api/v1/connectors', { signal }), 'connectors'),
  })
  return value ?? []
}
