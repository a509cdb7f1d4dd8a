import { setTimeout as wait } from 'node:timers/promises'
import { adminToken } from './config.ts'
import type { ClusterNode } from './node.ts'
import type { Act } from './oracle/expected.ts'
import type { Story } from './oracle/story.ts'

/** What an event says of a person; only what is looked at (docs/guide/api.md). */
interface Told {
  readonly upn: string
  readonly revision: number
  readonly state: { readonly availability: string; readonly activity: string }
  readonly systems: readonly {
    readonly connector: string
    readonly synced: boolean
    readonly native?: { readonly label: string; readonly note?: string; readonly doNotDisturb?: boolean }
  }[]
}

/** So much of what was told of a person is kept, to be printed beside what was out of order. */
const mostTold = 8

/** Follows the event stream of one hub, and of the next one when that ends, as a board does. */
export class Listener {
  readonly #nodes: readonly ClusterNode[]
  readonly #story: Story
  readonly #abort = new AbortController()
  readonly #running: Promise<void>
  /** How often it had to come back. */
  reconnects = -1
  /** Events that were older by their number than what it had heard of the same person: left out, as a board does. */
  overtaken = 0
  readonly #heard = new Map<string, number>()
  /** What it was told of each person last, in words with the moments (milliseconds since it began). */
  readonly #told = new Map<string, string[]>()
  readonly #began = performance.now()

  constructor(nodes: readonly ClusterNode[], story: Story) {
    this.#nodes = nodes
    this.#story = story
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    for (let turn = 0; !this.#abort.signal.aborted; turn += 1) {
      const node = this.#nodes[turn % this.#nodes.length]!
      // Killed, stopped or just starting: the next one then.
      await this.#follow(node).catch(() => {})
      await wait(100)
    }
  }

  async #follow(node: ClusterNode): Promise<void> {
    const { body, ok } = await fetch(`${node.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${adminToken}` },
      signal: this.#abort.signal,
    })
    if (!ok || !body) return
    this.reconnects += 1
    let text = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        if (!/^event: person$/m.test(block)) continue
        const told = JSON.parse(/^data: (.*)$/m.exec(block)![1]!) as Told
        if (!this.#isNewer(told)) continue
        const { upn, state, systems } = told
        // What a hub has not heard itself yet is from the store, and says so.
        const act = systems.every(({ synced }) => synced) ? actOf(state) : undefined
        const before = this.#remember(node, told)
        if (act) this.#story.hears(upn, act, before)
      }
    }
  }

  /** Answers what was told of the person last, this included, in words. */
  #remember(node: ClusterNode, told: Told): () => string {
    const at = Math.round(performance.now() - this.#began)
    const lines = [...(this.#told.get(told.upn) ?? []), `${at} ${node.name}: ${wordsOf(told)}`].slice(
      -mostTold,
    )
    this.#told.set(told.upn, lines)
    return () => lines.map((line) => `\n    told ${line}`).join('')
  }

  /** What a stream begins with says again what is known; it is heard, and nothing is older for it. */
  #isNewer({ upn, revision }: Told): boolean {
    const known = this.#heard.get(upn) ?? -1
    if (revision < known) this.overtaken += 1
    if (revision <= known) return false
    this.#heard.set(upn, revision)
    return true
  }
}

function wordsOf({ revision, state, systems }: Told): string {
  const said = systems.map(({ connector, synced, native }) =>
    [connector, native?.label, native?.note, native?.doNotDisturb && 'dnd', !synced && 'not heard']
      .filter(Boolean)
      .join(' '),
  )
  return [`revision ${revision}`, `${state.availability} ${state.activity}`, ...said].join(', ')
}

/** Undefined: the hub says that it does not know. */
function actOf({ availability, activity }: Told['state']): Act | undefined {
  if (activity === 'inACall') return 'inCall'
  if (availability === 'doNotDisturb') return 'dnd'
  return availability === 'unknown' ? undefined : 'free'
}
