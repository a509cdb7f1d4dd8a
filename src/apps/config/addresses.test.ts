import { expect, test } from 'vitest'
import type { JsonSchema } from '../../core/connector.ts'
import { registry } from '../registry.ts'

interface Field {
  readonly path: string
  readonly schema: JsonSchema
}

function* fieldsOf(schema: JsonSchema, path = ''): Generator<Field> {
  yield { path, schema }
  for (const [key, child] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    yield* fieldsOf(child, path === '' ? key : `${path}.${key}`)
  }
  if (schema.items) yield* fieldsOf(schema.items as JsonSchema, `${path}[]`)
}

/** Connectors that wait for others to come: what they keep secret is compared, and sent nowhere. */
const isCalled = ['agent']

test.each(Object.keys(registry))(
  '%s: where its secrets go is marked, and what is on the hub’s machine',
  (type) => {
    const fields = [...fieldsOf(registry[type]!.configSchema)]
    const marked = (mark: string) =>
      fields.filter(({ schema }) => schema[mark] === true).map(({ path }) => path)
    if (marked('secret').length > 0 && !isCalled.includes(type)) expect(marked('address')).not.toEqual([])
    const names = (pattern: RegExp) =>
      fields.map(({ path }) => path).filter((path) => pattern.test(path.split('.').at(-1)!))
    expect(marked('address')).toEqual(
      expect.arrayContaining(names(/^(url|host|port|server|tls|ca|serverName|transport|\w+Url)$/)),
    )
    expect(marked('local')).toEqual(names(/File$/))
  },
)
