import type { WrittenAddresses } from './person-schema.ts'
import { formatPath, type Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'
import { suggestFix } from './suggest.ts'

type WrittenTenant = HookswitchConfig['tenants'][number]

/** Remembers where each thing was first said, and reports when it is said again. */
export function createRegister(report: (problem: SchemaProblem) => void) {
  const first = new Map<string, Path>()
  return (key: string, path: Path, wording: { message: string; fix: string }) => {
    const former = first.get(key.toLowerCase())
    if (former) report({ path, message: `${wording.message} ${formatPath(former)}`, fix: wording.fix })
    else first.set(key.toLowerCase(), path)
  }
}

/** Ids of a tenant's connectors, those of faulty ones too: a fault in a port makes no link wrong. */
export function listConnectorIds(tenant: WrittenTenant): readonly string[] {
  if (!Array.isArray(tenant.connectors)) return []
  return tenant.connectors.map((connector) => connector?.id).filter((id) => typeof id === 'string')
}

/** People named twice, one address given to two of them, addresses at connectors that do not exist. */
export function checkPeople(tenant: WrittenTenant, base: Path, sound: Sound): readonly SchemaProblem[] {
  const { people } = tenant
  const problems: SchemaProblem[] = []
  const report = (problem: SchemaProblem) => problems.push(problem)
  const name = createRegister(report)
  const check = checkAddresses(listConnectorIds(tenant), report)

  if (!Array.isArray(people)) {
    if (!sound([...base, 'people'])) return []
    for (const [upn, addresses] of Object.entries(people.addresses)) {
      const at = [...base, 'people', 'addresses', upn]
      name(upn, at, {
        message: 'names a person who is already at',
        fix: 'Put all addresses of one person in one entry.',
      })
      check(addresses, at)
    }
    return problems
  }
  for (const [index, person] of soundItems(people, [...base, 'people'], sound)) {
    const at = [...base, 'people', index]
    name(person.upn, [...at, 'upn'], {
      message: 'names a person who is already at',
      fix: 'Put all addresses of one person in one entry.',
    })
    check(person.addresses, [...at, 'addresses'])
  }
  return problems
}

function checkAddresses(known: readonly string[], report: (problem: SchemaProblem) => void) {
  const knownSet = new Set(known)
  const address = createRegister(report)
  return (addresses: WrittenAddresses, at: Path) => {
    for (const [connector, written] of Object.entries(addresses)) {
      const place = [...at, connector]
      if (!knownSet.has(connector)) {
        report({
          path: place,
          message: 'is not the id of a connector of this tenant',
          fix: suggestFix(connector, known),
        })
        continue
      }
      for (const [position, one] of [written].flat().entries()) {
        address(`${connector} ${one}`, Array.isArray(written) ? [...place, position] : place, {
          message: 'gives an address that already belongs to the person at',
          fix: 'An address can belong to one person; a shared phone to none.',
        })
      }
    }
  }
}
