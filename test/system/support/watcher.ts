import type { SipConfig } from '../../../src/connectors/sip/config.ts'
import { sip } from '../../../src/connectors/sip/definition.ts'
import type { ConnectorInstance } from '../../../src/core/connector.ts'
import type { DialogFacet } from '../../../src/core/observation.ts'
import { type RecordingContext, recordingContext } from '../../contract/context.ts'
import { type Kamailio, passwordOf } from './kamailio.ts'

export interface Watcher {
  readonly recording: RecordingContext
  readonly instance: ConnectorInstance
  /** States the address went through since the start: `early`, `confirmed+early`, `` for none; repeats left out. */
  story(address: string): readonly string[]
  /** Every leg that was ever seen at the address, in any state. */
  legs(address: string): readonly DialogFacet[]
}

/** The connector under test, watching as user `hub`. */
export async function startWatcher(
  kamailio: Pick<Kamailio, 'port' | 'domain'>,
  addresses: readonly string[],
  config: Partial<SipConfig> = {},
): Promise<Watcher> {
  const { recording, instance } = createWatcher({
    server: `127.0.0.1:${kamailio.port}`,
    domain: kamailio.domain,
    username: 'hub',
    password: passwordOf('hub'),
    ...config,
  })
  await instance.start(addresses)
  const snapshots = (address: string) =>
    recording.feeds.events.flatMap((event) =>
      event.type === 'snapshot' && event.feed.endsWith(`:${address}`) ? [event.observations] : [],
    )
  const dialogs = (address: string) =>
    snapshots(address).map((each) => each.flatMap(({ facet }) => (facet.kind === 'dialog' ? [facet] : [])))
  return {
    recording,
    instance,
    story: (address) =>
      dialogs(address)
        .map((each) =>
          each
            .map(({ state }) => state)
            .toSorted()
            .join('+'),
        )
        .filter((state, at, all) => state !== all[at - 1]),
    legs: (address) => dialogs(address).flat(),
  }
}

/** A connector that was not started yet. */
export function createWatcher(config: SipConfig): Pick<Watcher, 'recording' | 'instance'> {
  const recording = recordingContext()
  return { recording, instance: sip.create(config, recording.context) }
}
