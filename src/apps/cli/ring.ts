import type { ReachabilityView, RingChannel } from '../../core/ring-channel.ts'
import { type Command, isSet } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { formatAge } from './explain.ts'
import { askHub, findHub, hubOptions, tenantQuery, tokenHelp } from './hub-client.ts'
import { plainLines } from './terminal-text.ts'

function describeChannel({ kind, connector, address, via, ...state }: RingChannel, at: number): string {
  const name = kind === 'softphone' ? `softphone of ${connector}` : connector
  const way = via === 'direct' ? '' : via === 'queue' ? ', by a queue' : ', internal'
  const until =
    state.until === undefined ? '' : ` (for ${formatAge(state.until - at)} at most, unless prolonged)`
  const outbound = state.outbound === 'yes' ? '' : `; calls out: ${state.outbound}`
  return `  ${name} ${address}${way}: ${state.inbound}${until}, because ${state.because}${outbound}`
}

/** The answer as text. What comes from the hub is shown as it is, without control characters. */
export function formatReachability({ displayName, upn, tenant, at, ...view }: ReachabilityView): string {
  const lines = [
    `${displayName} <${upn}>, tenant ${tenant}: will it ring?`,
    ...(view.callBackUntil === undefined
      ? []
      : [
          `  An emergency number was called: nothing of ours silences the phones for ${formatAge(view.callBackUntil - at)}.`,
        ]),
    ...view.channels.map((channel) => describeChannel(channel, at)),
    ...(view.channels.length === 0 ? ['  There is nothing that could ring.'] : []),
  ]
  return plainLines(lines)
}

export const ring: Command = {
  name: 'ring',
  summary: 'Tell whether a call to a person will ring, for each way of reaching them, and why.',
  options: { ...hubOptions, json: { type: 'boolean', description: 'The answer of the API as JSON.' } },
  positional: { name: 'UPN', description: 'Id or UPN of the person.', required: true },
  details: tokenHelp,
  async run(parsed, io) {
    const who = encodeURIComponent(parsed.positionals[0]!)
    const path = `/api/v1/people/${who}/reachability${tenantQuery(parsed)}`
    const view = (await askHub(findHub(parsed, io), { path }, io)) as ReachabilityView
    io.out(isSet(parsed, 'json') ? `${JSON.stringify(view, null, 2)}\n` : formatReachability(view))
    return exitCodes.ok.code
  },
}
