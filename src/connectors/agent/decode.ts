import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { type AgentFrame, agentFrameSchema, exchangeSchema } from './frame-schema.ts'

/** A frame, or why it is none: in words that help whoever wrote the agent. */
export type Decoded<Thing> = { readonly value: Thing } | { readonly wrong: string; readonly seq?: number }

const ajv = new Ajv2020({ strict: false, discriminator: true })
/** By type, so that what is wrong is told of that frame and not of every other. */
const validators: ReadonlyMap<string, ValidateFunction> = new Map(
  agentFrameSchema.anyOf.map((each) => [each.properties.type.const, ajv.compile(each)]),
)
const validateExchange = ajv.compile(exchangeSchema)

function describe({ errors }: ValidateFunction): string {
  const [first] = errors ?? []
  if (!first) return 'it is not as the schema says'
  const { instancePath, message = 'is wrong', params } = first
  const extra = (params as { additionalProperty?: string }).additionalProperty
  const where = instancePath === '' ? 'the frame' : instancePath
  return `${where} ${message}${extra === undefined ? '' : `: ${printable(extra)}`}`
}

/** What came from outside goes back and into the log: short and plain. */
function printable(text: string): string {
  return text.replace(/[^\w .:/+-]/g, '?').slice(0, 60)
}

function seqOf(json: object): { seq?: number } {
  const { seq } = json as { seq?: unknown }
  return Number.isSafeInteger(seq) ? { seq: seq as number } : {}
}

/** One frame of an agent. */
export function decodeFrame(json: unknown): Decoded<AgentFrame> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { wrong: 'a frame is a JSON object' }
  }
  const { type } = json as { type?: unknown }
  const validate = typeof type === 'string' ? validators.get(type) : undefined
  if (!validate) {
    return { wrong: `type must be one of ${[...validators.keys()].join(', ')}`, ...seqOf(json) }
  }
  if (!validate(json)) return { wrong: `${type as string}: ${describe(validate)}`, ...seqOf(json) }
  return { value: json as AgentFrame }
}

/** The text of a WebSocket message. */
export function decodeText(text: string): Decoded<AgentFrame> {
  const json = readJson(text)
  return json === undefined ? { wrong: 'it is not JSON' } : decodeFrame(json)
}

export interface Exchange {
  readonly agent: string
  readonly session: string
  readonly after?: number
  readonly frames: readonly unknown[]
}

/** The body of an exchange over HTTP; its frames are decoded one by one. */
export function decodeExchange(body: Uint8Array): Decoded<Exchange> {
  const json = readJson(Buffer.from(body).toString('utf8'))
  if (json === undefined) return { wrong: 'the body is not JSON' }
  return validateExchange(json)
    ? { value: json as unknown as Exchange }
    : { wrong: describe(validateExchange) }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
