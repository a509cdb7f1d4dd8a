import { ask } from '../live/http.ts'
import { type LabPerson, readLabPerson } from './lab-state.ts'

/** What a person can do in the lab, at a phone and in Teams (docs/lab-api.md). */
export interface LabClient {
  read(upn: string, signal: AbortSignal): Promise<LabPerson>
  /** `verb`: call, answer, hold or hangup. */
  phone(extension: string, verb: string, body?: object): Promise<unknown>
  setPhone(extension: string, key: 'dnd' | 'registered', on: boolean): Promise<unknown>
  setTeams(upn: string, what: 'client' | 'status' | 'outOfOffice', body: object): Promise<unknown>
  teamsCall(upn: string, on: boolean): Promise<unknown>
  /** `state`: one of the words of the system. */
  setSystem(system: string, upn: string, state: string): Promise<unknown>
}

/** Runs one action of the lab and says when it failed. */
export type Act = (action: Promise<unknown>) => void

const part = encodeURIComponent

export const lab: LabClient = {
  read: async (upn, signal) => readLabPerson(await ask(`/lab/people/${part(upn)}`, { signal })),
  phone: (extension, verb, body = {}) =>
    ask(`/lab/phones/${part(extension)}/${verb}`, { method: 'POST', body }),
  setPhone: (extension, key, on) =>
    ask(`/lab/phones/${part(extension)}/${key}`, { method: 'PUT', body: { on } }),
  setTeams: (upn, what, body) => ask(`/lab/teams/${part(upn)}/${what}`, { method: 'PUT', body }),
  teamsCall: (upn, on) =>
    on
      ? ask(`/lab/teams/${part(upn)}/call`, { method: 'POST', body: {} })
      : ask(`/lab/teams/${part(upn)}/call`, { method: 'DELETE' }),
  setSystem: (system, upn, state) =>
    ask(`/lab/systems/${part(system)}/people/${part(upn)}`, { method: 'PUT', body: { state } }),
}
