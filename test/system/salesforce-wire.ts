import { fileURLToPath } from 'node:url'
import { loadSync, type MessageTypeDefinition } from '@grpc/proto-loader'

/** Our own file of the Pub/Sub API: the connector's, and the emulator's. */
export const ownProto = (room: 'lab' | 'connectors') =>
  fileURLToPath(new URL(`../../src/${room}/salesforce/pubsub.proto`, import.meta.url))

interface Field {
  readonly name: string
  readonly number: number
  readonly type: string
  readonly label: string
}

/** The fields of each message and the values of each enumeration as they are on the wire, and the methods, by name. */
export function wireOf(file: string) {
  const messages = new Map<string, readonly string[]>()
  const methods = new Map<string, string>()
  for (const [name, definition] of Object.entries(loadSync(file, { keepCase: true }))) {
    if ('type' in definition) {
      const { field, value = [] } = (definition as MessageTypeDefinition<object, object>).type as {
        field?: readonly Field[]
        value?: readonly Pick<Field, 'name' | 'number'>[]
      }
      const fields = field
        ? field.map(({ name: word, number, type, label }) => `${number} ${word} ${type} ${label}`)
        : value.map(({ name: word, number }) => `${number} ${word}`)
      messages.set(name, fields.sort())
    } else {
      for (const [method, { path, requestStream, responseStream }] of Object.entries(definition)) {
        methods.set(method, `${path} ${requestStream} ${responseStream}`)
      }
    }
  }
  return { messages, methods }
}
