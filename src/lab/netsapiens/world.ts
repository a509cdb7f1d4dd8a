import type { Clock } from '../../core/ports.ts'
import type { Faults } from '../faults.ts'
import type { Phones } from '../phones.ts'
import type { RequestLog } from '../request-log.ts'
import type { AnswerRules } from './answer-rules.ts'
import type { Credentials } from './credentials.ts'
import type { Subscriptions } from './subscriptions.ts'

/** What a test or the lab decides about the emulated platform. */
export interface NetSapiensSettings {
  /** Domains, each with the first digits of its extensions; an empty text takes every phone. */
  readonly domains: Readonly<Record<string, string>>
  readonly apiVersion: string
  /** `presence/list` is only in newer releases. */
  readonly presenceList: boolean
  /** A write of an answer rule shows so much later, milliseconds: it is answered with 202 Accepted. */
  readonly writeLagMs: number
  /** Events are collected for so long before they are posted, milliseconds; the vendor's server looks every 3 s. */
  readonly pushEveryMs: number
  /** Names of fields in posted calls: v1 underscores as captured, or v2 hyphens. */
  readonly spelling: 'underscore' | 'hyphen'
  /** The word in `*_call_info` of who holds a call; undefined where it stays `active`. Not published. */
  readonly holdWord: string | undefined
  /** User agent of a device that the vendor's own Teams connector registers; undefined for none. */
  readonly foreignAgent: string | undefined
}

/** The emulated platform, as its parts see it. */
export interface NetSapiensWorld {
  readonly clock: Clock
  readonly phones: Phones
  readonly faults: Faults
  readonly requests: RequestLog
  readonly settings: NetSapiensSettings
  readonly credentials: Credentials
  readonly rules: AnswerRules
  readonly subscriptions: Subscriptions
}

/** The domain of an extension. */
export function domainOf(settings: NetSapiensSettings, extension: string): string | undefined {
  return Object.entries(settings.domains).find(([, prefix]) => extension.startsWith(prefix))?.[0]
}
