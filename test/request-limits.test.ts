import { expect, test } from 'vitest'
import { registry } from '../src/apps/registry.ts'
import { recordingContext } from './contract/context.ts'

const [clientSecret, refreshToken, password] = ['secret-1', 'secret-2', 'secret-3']
const webex = { clientId: 'C', clientSecret, refreshToken }
/** Connectors whose limit is a setting. */
const limited: readonly (readonly [type: string, settings: object])[] = [
  ['netsapiens', { url: 'https://ns.example', domain: 'a', apiKey: 'nsd_secret' }],
  ['vodia', { url: 'https://pbx.example', domain: 'a', password }],
  ['webex', webex],
  ['webex-presence', webex],
  ['teams', { entraTenantId: 'contoso.example', clientId: 'c', clientSecret, requestsPer30sCeiling: 100 }],
]

test('every connector with a limit as a setting is tried here', () => {
  const having = Object.entries(registry).filter(
    ([, { configSchema }]) => 'requestsPer30s' in (configSchema.properties as object),
  )
  const kinds = having.map(([, { manifest }]) => manifest.docs.replace(/.*\/|\.md$/g, ''))
  const known = limited.map(([type]) => registry[type]!.manifest.docs.replace(/.*\/|\.md$/g, ''))
  const whiteLabels = kinds.filter((kind) => !known.includes(kind))
  for (const kind of whiteLabels)
    expect(registry[kind]!.configSchema).toEqual(registry.netsapiens!.configSchema)
})

test.each(limited)(
  '%s: a limit that is changed counts when the instance is another',
  async (type, settings) => {
    const { context } = recordingContext({ fetch: async () => new Response('', { status: 503 }) })
    const begin = (requestsPer30s: number) => {
      const instance = registry[type]!.create({ ...settings, requestsPer30s }, context)
      // Nobody answers it; what it may send is known before.
      instance.start([]).catch(() => undefined)
      return instance
    }
    const limitOf = (instance: ReturnType<typeof begin>) => instance.inspect!().budget!.limit
    const first = begin(200)
    expect(limitOf(first)).toBe(200)
    const trial = registry[type]!.create({ ...settings, requestsPer30s: 90 }, context)
    expect(limitOf(trial), 'what is only tried').toBe(200)
    const beside = begin(80)
    expect(limitOf(first), 'the least of two').toBe(80)
    await beside.stop()
    expect(limitOf(first)).toBe(200)
    await first.stop()
    const second = begin(500)
    expect(limitOf(second), 'raised').toBe(500)
    await second.stop()
    await trial.stop()
  },
)
