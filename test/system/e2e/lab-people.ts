import type { Ami } from '../../../src/lab/asterisk/server.ts'
import type { Lab } from '../../../src/lab/lab.ts'
import type { Pair } from '../../../src/lab/microsoft/states.ts'
import type { LoggedRequest } from '../../../src/lab/request-log.ts'
import { sample } from '../../../src/lab/sample.ts'

export const IN_A_CALL: Pair = 'Busy/InACall'
export const DND: Pair = 'DoNotDisturb/DoNotDisturb'
export const FREE: Pair = 'Available/Available'

export const upnOf = (name: string) => (name.includes('@') ? name : `${name}@${sample.domain}`)

/** One person of the lab: what the person does, and what colleagues and callers see. */
export interface LabPerson {
  readonly upn: string
  /** What Teams shows now, without read lag. */
  shown(): Pair
  /** Live sessions of applications: ours, when there is one. */
  sessions(): number
  preferred(): Pair | undefined
  status(status: Pair | null): void
  client(state: Pair | null): void
  teamsCall(on: boolean): void
}

export function labPerson(lab: Lab, name: string): LabPerson {
  const upn = upnOf(name)
  const found = lab.people.find(upn)
  if (!found) throw new Error(`the lab has no ${upn}`)
  const { tenant, person } = found
  const now = () => lab.clock.monotonic()
  return {
    upn,
    shown: () => tenant.shown(person),
    sessions: () => person.inputs.apps.filter(({ endsAt }) => endsAt > now()).length,
    preferred: () => {
      const { preferred } = person.inputs
      return preferred && preferred.endsAt > now() ? preferred.pair : undefined
    },
    status: (status) => (status ? tenant.setPreferred(person, status) : tenant.clearPreferred(person)),
    client: (state) => tenant.setClient(person, state),
    teamsCall: (on) => tenant.setInCall(person, on),
  }
}

/** The vendor's own sync of a phone system, as it shows a call in Teams: a session of an application of its own. */
export function showByVendor(lab: Lab, name: string, call: boolean): void {
  const { tenant, person } = lab.people.find(upnOf(name))!
  const app = 'vendor-of-the-phones'
  if (call) tenant.setSession(person, app, { pair: IN_A_CALL, lifeMs: 3_600_000 })
  else tenant.clearSession(person, app)
}

/** One phone of the lab's PBX. */
export interface LabPhone {
  readonly extension: string
  dial(to?: string): string
  ring(): void
  answer(): void
  hold(on: boolean): void
  hangup(call?: string): void
  /** The person presses the key. */
  pressDnd(on: boolean): void
  /** Do not disturb in both places where FreePBX keeps it; `between` while they differ. */
  dnd(): 'on' | 'off' | 'between'
}

export function labPhone(lab: Lab, ami: Ami, extension: string): LabPhone {
  const { phones } = lab
  return {
    extension,
    dial: (to) => phones.start({ extension, ...(to !== undefined && { to }) }).id,
    ring: () => void phones.start({ extension, direction: 'inbound', answer: false }),
    answer: () => void phones.answer(extension),
    hold: (on) => void phones.hold(extension, on),
    hangup: (call) => void phones.hangup(extension, call),
    pressDnd: (on) => void phones.setDnd(extension, on),
    dnd: () => {
      const on = phones.phone(extension)!.dnd
      const lamp = ami.pbx.deviceState(`Custom:DND${extension}`) === 'BUSY'
      return lamp !== on ? 'between' : on ? 'on' : 'off'
    },
  }
}

/** Writes that reached Graph after `since`, of one person where named: the call's name, oldest first. */
export function teamsWrites(lab: Lab, since = 0, upn?: string): readonly LoggedRequest[] {
  const id = upn === undefined ? '' : lab.people.find(upn)!.person.user.id
  return lab.requests
    .since(since)
    .filter(({ target, path }) => target === 'graph' && path.includes(`${id}/presence/`))
}

/** Writes of do not disturb that reached the PBX after `since`. */
export function phoneWrites(lab: Lab, since = 0): readonly LoggedRequest[] {
  return lab.requests
    .since(since)
    .filter(({ target, method }) => target === 'ami' && (method === 'DBPut' || method === 'DBDel'))
}

/** `setPresence`, `clearUserPreferredPresence` ... */
export const callOf = ({ path }: LoggedRequest) => path.slice(path.lastIndexOf('/') + 1)
