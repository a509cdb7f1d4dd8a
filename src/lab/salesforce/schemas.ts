import { createHash } from 'node:crypto'
import avro from 'avsc'

type AvroField = { readonly name: string; readonly type: unknown; readonly default?: null }

const optional = (name: string, type: unknown): AvroField => ({ name, type: ['null', type], default: null })
const required = (name: string, type: unknown): AvroField => ({ name, type })
const texts = { type: 'array', items: 'string' }

const changeTypes = [
  ...['CREATE', 'UPDATE', 'DELETE', 'UNDELETE'],
  ...['GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE', 'GAP_UNDELETE', 'GAP_OVERFLOW', 'SNAPSHOT'],
]

/** Of every change event: developer.salesforce.com, Change Data Capture, "Change Event Header Fields". */
const header = {
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    required('entityName', 'string'),
    required('recordIds', texts),
    required('changeType', { type: 'enum', name: 'ChangeType', symbols: changeTypes }),
    required('changeOrigin', 'string'),
    required('transactionKey', 'string'),
    required('sequenceNumber', 'int'),
    required('commitTimestamp', 'long'),
    required('commitNumber', 'long'),
    required('commitUser', 'string'),
    required('nulledFields', texts),
    required('diffFields', texts),
    required('changedFields', texts),
  ],
}

const record = (name: string, fields: readonly AvroField[]) => ({
  ...{ type: 'record', name, namespace: 'com.sforce.eventbus', fields },
})

const platformEvent = (name: string, fields: readonly string[], checkboxes: readonly string[] = []) =>
  record(name, [
    required('CreatedDate', 'long'),
    required('CreatedById', 'string'),
    ...fields.map((field) => optional(field, 'string')),
    ...checkboxes.map((field) => optional(field, 'boolean')),
  ])

const schemas = {
  '/data/UserServicePresenceChangeEvent': record('UserServicePresenceChangeEvent', [
    required('ChangeEventHeader', header),
    optional('Name', 'string'),
    optional('OwnerId', 'string'),
    optional('UserId', 'string'),
    optional('ServicePresenceStatusId', 'string'),
    optional('IsCurrentState', 'boolean'),
    optional('IsAway', 'boolean'),
    optional('StatusStartDate', 'long'),
    optional('StatusEndDate', 'long'),
    optional('AverageCapacity', 'double'),
  ]),
  '/event/Hookswitch_Command__e': platformEvent(
    'Hookswitch_Command__e',
    ['Command_Id__c', 'User_Id__c', 'Status_Id__c', 'Until__c', 'Notice__c'],
    ['Sign_Out__c'],
  ),
  '/event/Hookswitch_Outcome__e': platformEvent('Hookswitch_Outcome__e', [
    ...['Command_Id__c', 'User_Id__c', 'Result__c', 'Reason__c'],
  ]),
} as const

/**
 * Fields of a change event as its header names them: one bit for each in the order of the schema, in hexadecimal (Pub/Sub API
 * guide, "Event Deserialization Considerations"). Nothing for none.
 */
export function bitmapOf(names: readonly string[]): readonly string[] {
  const { fields } = schemas['/data/UserServicePresenceChangeEvent']
  const bits = fields.reduce((sum, { name }, at) => (names.includes(name) ? sum + 2 ** at : sum), 0)
  return bits === 0 ? [] : [`0x${bits.toString(16).toUpperCase()}`]
}

export type TopicName = keyof typeof schemas
export const topicNames = Object.keys(schemas) as readonly TopicName[]

export interface TopicSchema {
  readonly id: string
  readonly json: string
  encode(value: unknown): Buffer
}

export function schemaOf(topic: TopicName): TopicSchema {
  const json = JSON.stringify(schemas[topic])
  const type = avro.Type.forSchema(schemas[topic] as never, { wrapUnions: false })
  return {
    id: createHash('md5').update(json).digest('base64url'),
    json,
    encode: (value) => type.toBuffer(value),
  }
}
