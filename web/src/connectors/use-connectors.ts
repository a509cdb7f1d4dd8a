import type { ConnectorView } from '../../../src/core/view.ts'
import { ask } from '../live/http.ts'
import { usePolled } from '../live/use-polled.ts'

const everyMs = 5_000
const none: readonly ConnectorView[] = []

interface Answer {
  readonly connectors: readonly ConnectorView[]
}

/** Health of every connector; asked again at once when the link to the hub changes. */
export function useConnectors(link: string): readonly ConnectorView[] {
  const { value } = usePolled({
    key: link === 'token' ? undefined : link,
    everyMs,
    read: (signal) => ask('/api/v1/connectors', { signal }) as Promise<Answer>,
  })
  return value?.connectors ?? none
}
