import avro from 'avsc'
import type { PubSub } from './pub-sub.ts'
import type { Site } from './sign-in.ts'

/** Numbers of commits may be larger than what a JavaScript number holds exactly. */
const longs = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer(value: bigint) {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(value)
    return bytes
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
})

/** A schema changes when a field is added in Setup: few of them are in use at a time. */
const mostSchemas = 50

/** Turns the bytes of events into fields, by the schemas that the organisation tells. */
export class Decoder {
  readonly #types = new Map<string, Promise<avro.Type>>()
  readonly #bus: PubSub

  constructor(bus: PubSub) {
    this.#bus = bus
  }

  /** The fields of an event; undefined for bytes that are not what the schema says. Throws BusError without a schema. */
  async decode(
    { schemaId, payload }: { readonly schemaId: string; readonly payload: Buffer },
    site: Site,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const type = await this.#typeOf(schemaId, site)
    try {
      return type.fromBuffer(payload) as Record<string, unknown>
    } catch {
      return undefined
    }
  }

  async #typeOf(schemaId: string, site: Site): Promise<avro.Type> {
    const known = this.#types.get(schemaId)
    if (known) return known
    if (this.#types.size >= mostSchemas) this.#types.clear()
    const asked = this.#bus
      .schema(schemaId, site)
      .then((json) => avro.Type.forSchema(JSON.parse(json), { registry: { long: longs }, wrapUnions: false }))
    this.#types.set(schemaId, asked)
    asked.catch(() => this.#types.delete(schemaId))
    return asked
  }
}
