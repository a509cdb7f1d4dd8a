import type { Clock } from '../../core/ports.ts'
import type { Phones } from '../phones.ts'
import type { Dialect } from './dialects.ts'
import type { Content } from './xml.ts'

/** What a test or the control API changes while it runs. */
export interface CstaSettings {
  user: string
  password: string
  /** Monitors that the licence allows. */
  monitorLimit: number
  /** Services that this system does not have. */
  missing: readonly string[]
  /** Whether events bear localConnectionInfo. */
  localInfo: boolean
  /** Calls of a snapshot come in documents of their own, one each. */
  segmented: boolean
  /** Events are lost. */
  muted: boolean
  /** Seconds a session lives without being prolonged. */
  sessionSeconds: number
}

export interface CstaWorld {
  readonly clock: Clock
  readonly phones: Phones
  readonly dialect: Dialect
  readonly settings: CstaSettings
  /** Monitors of all connections together. */
  monitors(): number
}

/** What a service answers: a document, and perhaps events or requests of its own after it. */
export interface Answer {
  readonly name: string
  readonly content: Content
  readonly namespace?: string
  readonly after?: readonly { readonly name: string; readonly content: Content }[]
  /** The connection is closed after it. */
  readonly close?: boolean
}

/** CSTAErrorCode (ECMA-323) of one category. */
export function errorAnswer(category: string, code: string): Answer {
  return { name: 'CSTAErrorCode', content: { [category]: code } }
}

/** What a fault of kind `status` becomes here: CSTA has words instead of numbers. */
export function errorOfStatus(status: number): Answer {
  switch (status) {
    case 403:
      return errorAnswer('security', 'requestIsNotAuthorized')
    case 404:
      return errorAnswer('operation', 'invalidDeviceID')
    case 429:
      return errorAnswer('performanceManagement', 'performanceLimitExceeded')
    case 501:
      return errorAnswer('operation', 'serviceNotSupported')
    case 503:
      return errorAnswer('systemResource', 'resourceBusy')
    default:
      return { name: 'CSTAErrorCode', content: { unspecified: {} } }
  }
}
