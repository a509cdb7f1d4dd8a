import type { ConnectorInstance, Manifest, WriteSlot } from '../core/connector.ts'
import type { CallFilter, Link } from '../core/policy.ts'
import { defaultCalls, defaultSwitches } from '../core/policy.ts'
import { DO_NOT_DISTURB } from '../core/presence.ts'

/** One connector instance as the engine works with it. */
export interface System {
  readonly tenant: string
  /** Id of the instance in the configuration. */
  readonly id: string
  readonly manifest: Manifest
  readonly slots: readonly WriteSlot[]
  readonly instance: ConnectorInstance
  /** Connectors with the same name here see the same physical lines. */
  readonly lines: string
}

export function systemKey(tenant: string, connector: string): string {
  return `${tenant}\n${connector}`
}

export function slotOf(system: System, name: string): WriteSlot | undefined {
  return system.slots.find((slot) => slot.slot === name)
}

const noCalls: CallFilter = {
  ...defaultCalls,
  offHook: false,
  external: false,
  internal: false,
  unknownParty: false,
}

/**
 * A person's several addresses at one system are one choice: do not disturb at one of them is meant for all. Calls
 * do not pass over this link.
 */
export function joinOwnAddresses(system: string): Link {
  return {
    id: `${system} together`,
    from: system,
    to: system,
    rows: [
      { when: { availability: 'doNotDisturb', activity: 'doNotDisturb' }, act: 'set', state: DO_NOT_DISTURB },
      { when: {}, act: 'release' },
    ],
    calls: noCalls,
    graceMs: 0,
    ...defaultSwitches,
  }
}
