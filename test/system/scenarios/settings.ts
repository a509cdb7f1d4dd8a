import { sampleTenant } from '../../../src/lab/sample.ts'
import { defaultSwitches, type Switches } from '../../../src/lab/switches.ts'
import { samplePeople } from '../e2e/world.ts'

/** The values of the switches that change what a hub reads or what becomes of its writes. */
const values = {
  aggregation: ['documented', 'observed'],
  sequenceNumber: [true, false],
  badId: ['error', 'omitted', 'unknown'],
  readLagMs: [0, 2_000, 10_000],
  dndDiverts: [true, false],
  emptyStatus: [200, 204],
  spelling: ['PascalCase', 'camelCase'],
  hiddenProperties: ['omitted', 'refused'],
} as const satisfies { readonly [K in keyof Switches]?: readonly Switches[K][] }

type Chosen = Pick<Switches, keyof typeof values>

/** Beside the defaults: with them, any two values of two switches meet at least once. */
export const settings: readonly Partial<Chosen>[] = [
  {
    ...{ aggregation: 'observed', sequenceNumber: false, readLagMs: 10_000, dndDiverts: false },
    ...{ emptyStatus: 204, spelling: 'camelCase', hiddenProperties: 'refused' },
  },
  { sequenceNumber: false, badId: 'omitted', dndDiverts: false, emptyStatus: 204, spelling: 'camelCase' },
  {
    ...{ badId: 'unknown', readLagMs: 2_000, dndDiverts: false, emptyStatus: 204 },
    hiddenProperties: 'refused',
  },
  {
    ...{ aggregation: 'observed', sequenceNumber: false, badId: 'unknown' },
    ...{ spelling: 'camelCase', hiddenProperties: 'refused' },
  },
  { aggregation: 'observed', badId: 'omitted', readLagMs: 10_000 },
  {
    ...{ aggregation: 'observed', sequenceNumber: false, readLagMs: 2_000 },
    ...{ emptyStatus: 204, spelling: 'camelCase' },
  },
  {
    ...{ aggregation: 'observed', sequenceNumber: false, badId: 'omitted', readLagMs: 2_000 },
    ...{ dndDiverts: false, hiddenProperties: 'refused' },
  },
  { badId: 'unknown', readLagMs: 10_000, dndDiverts: false, spelling: 'camelCase' },
]

/** Every pair of values of two switches that never meet under the defaults or one of the settings. */
export function pairsLeftOut(): string[] {
  const rows: readonly Chosen[] = [{}, ...settings].map((one) => ({ ...defaultSwitches, ...one }))
  const cells = Object.entries(values).flatMap(([name, possible]) =>
    possible.map((value) => ({ name: name as keyof Chosen, said: JSON.stringify(value) })),
  )
  return cells.flatMap((one) =>
    cells
      .filter(({ name }) => name > one.name)
      .filter(
        (other) =>
          !rows.some((row) => [one, other].every(({ name, said }) => JSON.stringify(row[name]) === said)),
      )
      .map((other) => `${one.name} ${one.said} with ${other.name} ${other.said}`),
  )
}

export const nameOf = (switches: Partial<Switches>): string =>
  Object.entries(switches)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')

/** A thirteenth colleague without Teams: her id is one that Graph does not know, which the switch badId is about. */
export function withStranger() {
  const tenant = sampleTenant()
  const upn = 'zoe@contoso.example'
  const user = { teams: false }
  return {
    tenant: {
      ...tenant,
      people: [...(tenant.people ?? []), { upn, displayName: 'Zoe', extensions: ['1013'], user }],
    },
    people: [...samplePeople(), { upn, addresses: { pbx: '1013' } }],
  }
}
