import { fieldsOf } from '../kit/http.ts'

/** Do not disturb of a person (schema `DoNotDisturbInfo`); what is beside `enabled` is the person's and stays as it is. */
export interface WebexDnd {
  readonly enabled: boolean
  readonly ringSplashEnabled: boolean
  readonly webexGoOverrideEnabled: boolean
}

/** Undefined when it says neither on nor off. */
export function decodeDnd(json: unknown): WebexDnd | undefined {
  const { enabled, ringSplashEnabled, webexGoOverrideEnabled } = fieldsOf(json)
  if (typeof enabled !== 'boolean') return undefined
  return {
    enabled,
    ringSplashEnabled: ringSplashEnabled === true,
    webexGoOverrideEnabled: webexGoOverrideEnabled === true,
  }
}
