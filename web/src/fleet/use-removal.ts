import { useState } from 'react'
import {
  readConfiguration,
  removeTenant,
  saveTenant,
  type TenantItem,
} from '../configuration/configuration-client.ts'
import { refusalText } from '../live/http.ts'

type Said =
  | { readonly kind: 'removed'; readonly tenant: TenantItem; readonly version: number }
  | { readonly kind: 'undone'; readonly tenant: TenantItem }
  | { readonly kind: 'refused'; readonly reason: string }

export interface Removal {
  readonly said: Said | undefined
  /** Grows with everything that was done. */
  readonly count: number
  remove(tenant: string): void
  undo(tenant: TenantItem, version: number): void
}

/** Takes customers out of the configuration, and puts the last one back. */
export function useRemoval(): Removal {
  const [said, say] = useState<Said>()
  const [count, setCount] = useState(0)
  const act = (work: Promise<Said>) =>
    void work
      .catch((error: unknown): Said => ({ kind: 'refused', reason: refusalText(error) }))
      .then((told) => {
        say(told)
        setCount((before) => before + 1)
      })
  const remove = async (id: string): Promise<Said> => {
    const now = await readConfiguration(new AbortController().signal)
    const tenant = now.tenants.find((one) => one.id === id)
    if (!tenant) return { kind: 'removed', tenant: { id }, version: now.version ?? 0 }
    const { version } = await removeTenant(id, now.version)
    return { kind: 'removed', tenant, version }
  }
  return {
    ...{ said, count },
    remove: (id) => act(remove(id)),
    // What somebody else has saved since is not overwritten.
    undo: (tenant, version) =>
      act(saveTenant(tenant, version).then((): Said => ({ kind: 'undone', tenant }))),
  }
}
