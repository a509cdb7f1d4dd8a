import type { ConfigChecked, ConfigSaved, HubPart } from '../../../src/core/config-port.ts'
import { ask } from '../live/http.ts'

const address = (part: HubPart) => `/api/v1/config/hub/${part}`

/** What would be wrong with this in the place of a part of the hub. */
export async function checkPart(part: HubPart, value: unknown, signal: AbortSignal): Promise<ConfigChecked> {
  return (await ask(`${address(part)}/problems`, {
    method: 'POST',
    body: { value },
    signal,
  })) as ConfigChecked
}

/** `version` is the one that was read; `value` undefined takes the part out. */
export async function savePart(
  part: HubPart,
  value: unknown,
  { version, comment }: { readonly version: number | undefined; readonly comment: string },
): Promise<ConfigSaved> {
  const query = comment === '' ? '' : `?${new URLSearchParams({ comment })}`
  const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` }
  return (await ask(`${address(part)}${query}`, { method: 'PUT', body: { value }, headers })) as ConfigSaved
}
