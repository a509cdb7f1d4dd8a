import type { ConnectorView } from '../../../src/core/view.ts'
import { distinctTitles } from '../words/system-titles.ts'

/** Told apart from the others: by id within a tenant, by tenant where there are several. */
export function connectorTitle({ tenant, id }: ConnectorView, all: readonly ConnectorView[]): string {
  const title = distinctTitles(all.filter((one) => one.tenant === tenant)).get(id) ?? id
  return all.some((one) => one.tenant !== tenant) ? `${title} · ${tenant}` : title
}
