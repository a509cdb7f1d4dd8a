import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'

/** How requests are checked; what comes in an address is text, whatever is meant. */
export function createAjv(coerceTypes: boolean): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, useDefaults: true, strict: false, coerceTypes })
  ajvFormats.default(ajv)
  return ajv
}
