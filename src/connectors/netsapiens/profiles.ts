import type { Maturity } from '../../core/maturity.ts'

/** One platform that runs SNAPsolution under its own name. All of them have the same API. */
export interface Profile {
  /** The word in `type:`, and the name of the page under docs/connectors. */
  readonly id: string
  readonly title: string
  /** Whom to ask for an API key or client: the customer's own domain has no page for it. */
  readonly operator: string
  /** An address of the form that `url` has there. */
  readonly exampleUrl: string
  /** False where the release in use has no `presence/list`; users are then not asked about in one request. */
  readonly presenceList: boolean
  /** Whether the platform's own pages show the API, or it is concluded from its being SNAPsolution. */
  readonly evidence: Maturity['evidence']
}

/**
 * NetSapiens and the white labels that ConnecttoTeams names beside it
 * (kb.connecttoteams.com, "Presence sync"). That the white labels leave the API as it is, is inferred, but for the event
 * subscriptions of United Cloud, whose help centre describes them (uc.helpjuice.com, "API event subscriptions").
 */
export const profiles = [
  {
    id: 'netsapiens',
    title: 'NetSapiens SNAPsolution',
    operator: 'the operator of the platform',
    exampleUrl: 'https://api.example.com',
    presenceList: true,
    evidence: ['documented', 'inferred'],
  },
  {
    id: 'ringlogix',
    title: 'RingLogix',
    operator: 'RingLogix support',
    exampleUrl: 'https://portal.your-brand.example',
    presenceList: true,
    evidence: ['inferred'],
  },
  {
    id: 'united-cloud',
    title: 'United Cloud',
    operator: 'United Cloud support',
    exampleUrl: 'https://portal.your-brand.example',
    presenceList: true,
    evidence: ['documented', 'inferred'],
  },
  {
    id: 'viirtue',
    title: 'Viirtue',
    operator: 'Viirtue support',
    exampleUrl: 'https://portal.your-brand.example',
    presenceList: true,
    evidence: ['inferred'],
  },
] as const satisfies readonly Profile[]
