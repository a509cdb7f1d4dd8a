import type { AnyConnectorDefinition, Manifest, WriteSlot } from '../core/connector.ts'
import { presenceLabel } from '../core/presence.ts'
import { listSlots } from './connector-slots.ts'
import type { Registry } from './registry.ts'

const introduction = `# Connectors

This page is generated from the connectors themselves (\`hookswitch connectors docs\`); do not edit it.

- **Told how**: \`push\`, the system tells of a change on a connection that we keep; \`webhook\`, it calls us; \`poll\`, it is
  asked over and over.
- **Heard within**: the longest time from a change at the system until the hub has heard of it, at the usual settings, where
  nothing is lost and the system itself is not slow. **Read again**: what was not told is found after that time.
  [What a hub really needs](../guide/latency.md) is measured there.
- **Known by**: \`documented\`, published by the vendor or in a standard; \`recorded\` from the system itself; \`inferred\`, our
  conclusion, which the connector's page marks as such.
- **Tested against**: \`real server\`, which the tests install; \`recording\`, what the system itself once said is played to the
  connector; \`emulator\`, our own in the lab. These run anywhere. \`vendor description\`, requests and answers are held against the
  description that the vendor publishes: it is no part of this project, so that these tests run only where its files are, in the
  folder named by \`HOOKSWITCH_CONTRACTS\`, and are left out elsewhere.

[Swyx](swyx.md) has no connector of its own: it is set up from \`sip\` and \`agent\`, or with its vendor's own connector for Teams.`

const facetWords: Readonly<Record<Manifest['facets'][number], string>> = {
  dialog: 'calls',
  registration: 'registration',
  dnd: 'do not disturb',
  queue: 'queues',
  presence: 'presence',
}

function span(ms: number): string {
  if (ms < 1000) return `${ms / 1000} s`
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`
}

/** `0.2 s`, or by what is read where that differs. */
function describeLatency({ facets, maturity }: Manifest): string {
  const known = facets.flatMap((facet) => {
    const ms = maturity?.latencyMs[facet]
    return ms === undefined ? [] : [{ word: facetWords[facet], time: span(ms) }]
  })
  const times = [...new Set(known.map(({ time }) => time))]
  if (times.length === 1) return times[0]!
  return times
    .map((time) => {
      const words = known.filter((one) => one.time === time).map(({ word }) => word)
      return `${words.join(', ')} ${time}`
    })
    .join('; ')
}

function describeSlot({ slot, usual }: { readonly slot: WriteSlot; readonly usual: boolean }): string {
  const states = slot.states.map(presenceLabel).join(', ')
  const end = slot.expiry.kind === 'native' ? `ends by itself after ${span(slot.expiry.lifeMs)}` : 'stays'
  return `\`${slot.slot}\`: ${states} (${end}${usual ? '' : '; where switched on'})`
}

function describeConnector(type: string, definition: AnyConnectorDefinition): string {
  const { manifest } = definition
  const { title, docs, facets, transport, maturity } = manifest
  const slots = listSlots(type, definition)
  const cells = [
    `[${title}](${docs.replace(/^docs\/connectors\//, '').replace(/^docs\//, '../')})`,
    `\`${type}\``,
    facets.map((facet) => facetWords[facet]).join(', '),
    slots.length === 0 ? 'nothing' : slots.map(describeSlot).join('; '),
    transport,
    describeLatency(manifest),
    maturity?.reconcileMs === undefined ? 'never' : `every ${span(maturity.reconcileMs)}`,
    maturity?.evidence.join(', ') ?? 'not told',
    maturity?.testedAgainst.join(', ') ?? 'not told',
  ]
  return `| ${cells.join(' | ')} |`
}

/** docs/connectors/README.md. */
export function connectorDocs(registry: Registry): string {
  const rows = Object.entries(registry).map(([type, definition]) => describeConnector(type, definition))
  const head =
    '| connector | type | reads | writes | told how | heard within | read again | known by | tested against |'
  return `${introduction}

${head}
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`
}
