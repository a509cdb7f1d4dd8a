import { isLoopbackHost } from '../core/loopback.ts'
import { createRegister, listConnectorIds } from './check-people.ts'
import type { Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'
import { suggestFix } from './suggest.ts'

type Tenant = HookswitchConfig['tenants'][number]

/** What the schema of outgoing webhooks cannot see: ids, addresses, and what they name. */
export function checkWebhooks(tenant: Tenant, base: Path, sound: Sound): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const ids = createRegister((problem) => problems.push(problem))
  const connectors = listConnectorIds(tenant)
  const people = Array.isArray(tenant.people) ? tenant.people : undefined
  const upns = people?.map((person) => String(person?.upn).toLowerCase())
  const groups = people?.flatMap((person) => person?.groups ?? [])
  for (const [index, webhook] of soundItems(tenant.webhooks ?? [], [...base, 'webhooks'], sound)) {
    const at = [...base, 'webhooks', index]
    ids(webhook.id, [...at, 'id'], {
      message: 'repeats the id at',
      fix: 'Give each webhook of a tenant an id of its own.',
    })
    if (!isSafe(webhook.url)) {
      problems.push({
        path: [...at, 'url'],
        message: 'is no https address',
        fix: 'Write https://host/path. Plain http is accepted for loopback addresses only.',
      })
    }
    const name = (place: string, known: readonly string[] | undefined, words: readonly string[]) => {
      for (const [position, word] of words.entries()) {
        if (!known || known.includes(place === 'people' ? word.toLowerCase() : word)) continue
        problems.push({
          path: [...at, place, position],
          message: 'is not known in this tenant',
          fix: suggestFix(word, known),
        })
      }
    }
    name('people', upns, webhook.people)
    name('groups', groups, webhook.groups)
    name('systems', connectors, webhook.systems)
  }
  return problems
}

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username || password) return false
  return protocol === 'https:' || isLoopbackHost(hostname)
}
