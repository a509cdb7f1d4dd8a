import type { HealthDetails } from '../../src/core/workings.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** A throttled Teams, a phone system whose secret ends soon, and what was mended. */
export function sampleHealth(now: number): HealthDetails {
  return {
    queues: [{ queue: 'turns', depth: 3, oldestAt: now - 400 }],
    systems: [
      {
        ...{ tenant: 'contoso', connector: 'teams', title: 'Microsoft Teams', subscriptions: [] },
        queues: [{ queue: 'putOff', depth: 4, oldestAt: now - 2 * minute }],
        budget: {
          ...{ used: 471, limit: 600, ceiling: 3000, growth: 50, refusals: 3 },
          blockedUntil: now + minute,
          throttled: { since: now - 3 * minute, lastAt: now - 1000, retryAfterMs: 61_000 },
        },
        credentials: [
          { what: 'token', expiresAt: now + 20 * minute, trouble: 'The client secret is wrong.' },
          { what: 'secret', setting: 'clientSecret', expiresAt: now + 12 * day },
        ],
        repairs: {
          counts: [
            { kind: 'vanished', count: 2 },
            { kind: 'unanswered', count: 1 },
          ],
          latest: [
            { kind: 'vanished', at: now - minute, person: 'p-anna', address: 'a-long-id-of-somebody' },
          ],
        },
      },
      {
        ...{ tenant: 'contoso', connector: 'pbx', title: 'Asterisk / FreePBX', queues: [] },
        credentials: [{ what: 'certificate', setting: 'certFile', expiresAt: now + 300 * day }],
        subscriptions: [
          {
            ...{ kind: 'dialog', count: 12, renewals: 40 },
            ...{ expiresAt: now + 9 * minute, heardAt: now - 4000 },
          },
          { kind: 'presence', count: 0, renewals: 0, trouble: 'The server answered 489 Bad Event.' },
        ],
        repairs: { counts: [], latest: [] },
      },
    ],
  }
}
