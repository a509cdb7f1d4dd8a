import { useState } from 'react'
import type { ConfigProblem, ConfigSaved } from '../../../src/core/config-port.ts'
import type { Finding } from '../../../src/core/connector.ts'
import {
  type Configuration,
  checkConnector,
  type Item,
  type Place,
  saveConnector,
  tryConnector,
} from '../configuration/configuration-client.ts'
import { type CheckedForm, useCheckedForm } from '../form/form-state.ts'

/** A connector that is being written: its settings, what the hub says of them, its trial. */
export interface ConnectorDraft {
  readonly id: string
  readonly settings: Item
  readonly form: CheckedForm
  readonly busy: 'try' | 'save' | undefined
  /** Why the last trial or save came to nothing; a sentence for people. */
  readonly refused: string | undefined
  readonly trial: { readonly findings: readonly Finding[]; readonly stale: boolean } | undefined
  setId(id: string): void
  change(settings: Item): void
  try(): void
  save(done: (saved: ConfigSaved) => void): void
}

interface Begin {
  readonly configuration: Configuration
  readonly place: Place
  readonly type: string
  /** What a new one begins with. */
  readonly fresh?: Item
}

/** `place` is of a new connector, or of one that there is. */
export function useConnectorDraft({ configuration, place, type, fresh = {} }: Begin): ConnectorDraft {
  const tenant = configuration.tenants.find(({ id }) => id === place.tenant)
  const siblings = tenant?.connectors ?? []
  const former = siblings.find((one) => one.id === place.id)
  const [id, setId] = useState(place.id)
  const [settings, setSettings] = useState<Item>(former ?? { ...fresh, type })
  const [busy, setBusy] = useState<'try' | 'save'>()
  const [refused, setRefused] = useState<string>()
  const [tried, setTried] = useState<{ readonly of: Item; readonly findings: readonly Finding[] }>()
  const here = { tenant: place.tenant, id }
  const index = former ? siblings.indexOf(former) : siblings.length
  const form = useCheckedForm({
    value: settings,
    readOnly: configuration.source === 'file',
    check: async (value, signal) =>
      (await checkConnector(here, value, signal)).problems.map((problem) => within(problem, index)),
  })
  const act = (what: 'try' | 'save', work: () => Promise<void>) => {
    setBusy(what)
    setRefused(undefined)
    form.showAll()
    work()
      .catch((error: unknown) => setRefused(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(undefined))
  }
  return {
    ...{ id, settings, form, busy, refused, setId, change: setSettings },
    trial: tried && { findings: tried.findings, stale: tried.of !== settings },
    try: () =>
      act('try', async () => {
        setTried(undefined)
        setTried({ of: settings, findings: await tryConnector(here, settings) })
      }),
    save: (done) =>
      act('save', async () => {
        done(await saveConnector(here, settings, { version: configuration.version, former }))
      }),
  }
}

/** What is wrong inside the connector is named from there on; the rest keeps its whole path. */
function within(problem: ConfigProblem, index: number): ConfigProblem {
  const [, found, path] = /^tenants\[\d+\]\.connectors\[(\d+)\]\.?(.*)$/.exec(problem.path) ?? []
  return found === String(index) && path ? { ...problem, path } : problem
}
