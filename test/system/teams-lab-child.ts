import type { Pair } from '../../src/lab/microsoft/states.ts'
import { domain, entraTenantId, openTeamsLab } from './teams-world.ts'

/** A lab in a process of its own, as a measurement needs it; talks over the channel of fork(). */
export type FromChild =
  | { readonly ready: { readonly config: Record<string, unknown>; readonly ids: readonly string[] } }
  | { readonly changed: { readonly id: string; readonly to: Pair; readonly at: number } }
  | { readonly refused: number }

export type ToChild =
  | { readonly change: { readonly at: number; readonly to: Pair } }
  | { readonly finish: true }

const people = Number(process.argv[2])
const { lab, config } = await openTeamsLab({
  more: people,
  switches: { latencyMs: [150, 400] },
  logSize: 50_000,
})
const tenant = lab.tenants.get(entraTenantId)!
const measured = tenant.people().filter((person) => person.user.userPrincipalName.endsWith(domain))
const tell = (message: FromChild) => process.send!(message)

process.on('message', (message: ToChild) => {
  if ('finish' in message) {
    tell({ refused: lab.requests.since(0).filter((each) => each.status === 429).length })
    void lab.stop().then(() => process.disconnect())
    return
  }
  const person = measured[message.change.at % measured.length]!
  tenant.setPreferred(person, message.change.to)
  tell({ changed: { id: person.user.id, to: message.change.to, at: Date.now() } })
})
tell({ ready: { config, ids: measured.map((person) => person.user.id) } })
