import { exampleOf, listFields } from '../config/field.ts'
import type { AnyConnectorDefinition } from '../core/connector.ts'

/** Slots with whatever can be switched on, and which of them are there by default. */
export function listSlots(type: string, definition: AnyConnectorDefinition) {
  const fields = listFields(definition.configSchema)
  const settings = (extra: Readonly<Record<string, unknown>>) => ({
    ...Object.fromEntries(
      fields
        .filter(({ required, schema }) => required || schema.default !== undefined)
        .map((field) => [field.key, exampleOf(field, type)]),
    ),
    ...extra,
  })
  const switches = fields.filter(({ schema }) => schema.type === 'boolean').map(({ key }) => [key, true])
  const usual = definition.writes(settings({})).filter(({ states }) => states.length > 0)
  const all = definition
    .writes(settings(Object.fromEntries(switches)))
    .filter(({ states }) => states.length > 0)
  const names = new Set(usual.map(({ slot }) => slot))
  return [...usual, ...all.filter(({ slot }) => !names.has(slot))].map((slot) => ({
    slot,
    usual: names.has(slot.slot),
  }))
}
