import type { ConnectorContext, Outcome, Publication } from '../../core/connector.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import { Sleeper } from '../kit/sleeper.ts'
import { isUser, type Settings } from './config.ts'
import { NotNow } from './dnd.ts'
import type { Follower } from './follower.ts'
import { readExistence } from './reading.ts'
import { EslRefusal, type EslSession } from './session.ts'

/** How often, and how long apart, what was written is looked for: FusionPBX's script takes a while. */
const looks = 12
const lookMs = 300
const notNowMs = 60_000
/** A lamp is shown so long where nobody says how long, milliseconds. */
const lampMs = 600_000

/** Writes to one FreeSWITCH: do not disturb is read before and after. */
export class Writing {
  readonly #settings: Settings
  readonly #context: Pick<ConnectorContext, 'clock'>
  readonly #follower: Follower
  readonly #sleeper: Sleeper

  constructor(settings: Settings, context: Pick<ConnectorContext, 'clock'>, follower: Follower) {
    this.#settings = settings
    this.#context = context
    this.#follower = follower
    this.#sleeper = new Sleeper(context.clock)
  }

  stop(): void {
    this.#sleeper.stop()
  }

  /** Throws EslSilence and whatever else leaves open whether it arrived. */
  async publish(session: EslSession, publication: Publication): Promise<Outcome> {
    const { address, slot, act } = publication
    const { writeDnd, lamps, domain } = this.#settings
    const has =
      slot === 'dnd' ? writeDnd || act === 'withdraw' : slot === 'lamp' && (lamps || act === 'withdraw')
    if (!has) return { kind: 'rejected', reason: `This FreeSWITCH is not written to in slot "${slot}".` }
    const known = isUser(address) && (await readExistence(session, domain, [address])).get(address)
    if (!known) {
      return {
        kind: 'rejected',
        reason: `The directory of ${domain} has no user "${address.slice(0, 64)}".`,
        fix: 'Correct the address of the person, or the domain of this connector.',
      }
    }
    try {
      return slot === 'lamp' ? await this.#lamp(session, publication) : await this.#dnd(session, publication)
    } catch (error) {
      if (error instanceof NotNow) return { kind: 'deferred', reason: error.message, retryAfterMs: notNowMs }
      if (!(error instanceof EslRefusal)) throw error
      const { fix } = this.#follower.place
      return error.missing
        ? { kind: 'rejected', reason: error.message, fix }
        : { kind: 'failed', reason: error.message }
    }
  }

  async #dnd(session: EslSession, { address, state }: Publication): Promise<Outcome> {
    const { place } = this.#follower
    const on = isDoNotDisturb(state)
    const at = () => this.#context.clock.wall()
    if ((await place.read(session, address)) === on) return { kind: 'unchanged', at: at() }
    const begun = this.#context.clock.monotonic()
    await place.write(session, address, on)
    for (let look = 0; look < looks; look += 1) {
      if (look > 0) await this.#sleeper.sleep(lookMs)
      if ((await place.read(session, address)) !== on) continue
      this.#follower.wroteDnd(address, on)
      await this.#follower.showLamp(session, address)
      return { kind: 'applied', at: at(), answerMs: this.#context.clock.monotonic() - begun }
    }
    return { kind: 'failed', reason: `${place.name} does not show what was written. ${place.fix}` }
  }

  async #lamp(session: EslSession, { address, act, lifeMs = lampMs }: Publication): Promise<Outcome> {
    const { lamps } = this.#follower
    const now = this.#context.clock.monotonic()
    lamps.wantCall(address, act === 'assert' ? now + lifeMs : undefined)
    if (act === 'assert' || lamps.isLit(address)) await this.#follower.showLamp(session, address)
    else await lamps.darken(session, address)
    return { kind: 'applied', at: this.#context.clock.wall() }
  }
}
