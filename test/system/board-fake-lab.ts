import type { PersonView, StateView } from '../../src/core/view.ts'
import type { LabRoute } from './board-fake-hub.ts'
import { available, inACall, phone, state, teams } from './board-people.ts'

interface Phone {
  leg: { state: 'ringing' | 'talking' | 'held'; direction: string; number: string; since: number } | undefined
  dnd: boolean
  registered: boolean
}

/**
 * One person's phone and Teams, joined as the real hub would join them, only without a hub: enough for the board's
 * lab controls to have something to press. `publish` is told the person's view after every action.
 */
export function createFakeLab(
  person: PersonView,
  extension: string,
  publish: (person: PersonView) => void,
): LabRoute {
  const desk: Phone = { leg: undefined, dnd: false, registered: true }
  let client: string | null = 'Available/Available'
  let status: string | null = null
  let outOfOffice = false
  let teamsCall = false
  let revision = person.revision

  const shown = (): string => {
    if (status) return status
    if (desk.dnd) return 'DoNotDisturb/DoNotDisturb'
    return desk.leg && desk.leg.state !== 'ringing' ? 'Busy/InACall' : (client ?? 'Offline/Offline')
  }

  const tell = (): void => {
    const inCall = desk.leg !== undefined && desk.leg.state !== 'ringing'
    const quiet = state('doNotDisturb', 'doNotDisturb', 'Do not disturb')
    const overall: StateView = shown().startsWith('DoNot') ? quiet : inCall ? inACall : available
    const native =
      desk.leg?.state === 'ringing' ? { ...available, ringing: true } : inCall ? inACall : available
    revision += 1
    publish({
      ...person,
      revision,
      state: { ...overall, since: Date.now(), ...(desk.leg?.state === 'ringing' ? { ringing: true } : {}) },
      systems: [
        teams(available, {
          targets: inCall
            ? [{ address: 'x', slot: 'session', wanted: 'In a call', status: 'applied', at: Date.now() }]
            : [],
        }),
        phone(extension, native),
      ],
    })
  }

  const actions: Record<string, (body: Record<string, unknown>) => void> = {
    [`POST /lab/phones/${extension}/call`]: ({ answer, direction }) => {
      const call = { direction: String(direction ?? 'outbound'), number: '+14255550100', since: Date.now() }
      desk.leg = { state: answer === false ? 'ringing' : 'talking', ...call }
    },
    [`POST /lab/phones/${extension}/answer`]: () => {
      if (desk.leg) desk.leg.state = 'talking'
    },
    [`POST /lab/phones/${extension}/hold`]: ({ on }) => {
      if (desk.leg) desk.leg.state = on ? 'held' : 'talking'
    },
    [`POST /lab/phones/${extension}/hangup`]: () => {
      desk.leg = undefined
    },
    [`PUT /lab/phones/${extension}/dnd`]: ({ on }) => {
      desk.dnd = on === true
    },
    [`PUT /lab/phones/${extension}/registered`]: ({ on }) => {
      desk.registered = on === true
    },
    [`PUT /lab/teams/${person.upn}/client`]: ({ state: next }) => {
      client = next as string | null
    },
    [`PUT /lab/teams/${person.upn}/status`]: ({ status: next }) => {
      status = next as string | null
    },
    [`PUT /lab/teams/${person.upn}/outOfOffice`]: ({ on }) => {
      outOfOffice = on === true
    },
    [`POST /lab/teams/${person.upn}/call`]: () => {
      teamsCall = true
    },
    [`DELETE /lab/teams/${person.upn}/call`]: () => {
      teamsCall = false
    },
  }

  return (method, path, body) => {
    if (path === '/lab/state') {
      const sessions = desk.leg && desk.leg.state !== 'ringing' ? ['Busy/InACall'] : []
      return {
        people: [
          {
            upn: person.upn,
            displayName: person.displayName,
            phones: [
              { extension, registered: desk.registered, dnd: desk.dnd, calls: desk.leg ? [desk.leg] : [] },
            ],
            teams: { shown: shown(), client, preferred: status, sessions, outOfOffice, inCall: teamsCall },
          },
        ],
      }
    }
    const action = actions[`${method} ${path}`]
    if (!action) return undefined
    action((body ?? {}) as Record<string, unknown>)
    tell()
    return {}
  }
}
