import type { SipConfig } from '../../../src/connectors/sip/config.ts'
import { sip } from '../../../src/connectors/sip/definition.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { Faults } from '../../../src/lab/faults.ts'
import { Phones } from '../../../src/lab/phones.ts'
import { RequestLog } from '../../../src/lab/request-log.ts'
import { type SipEmulator, type SipOptions, startSip } from '../../../src/lab/sip/server.ts'
import { recordingContext } from '../../contract/context.ts'
import { until } from './child.ts'
import { startWatcher, type Watcher } from './watcher.ts'

/** The lab's SIP server with phones 1001 and 1002, and the connector watching it. */
export interface SipLab {
  readonly phones: Phones
  readonly faults: Faults
  readonly lab: SipEmulator
  readonly config: SipConfig
  watch(config?: Partial<SipConfig>, addresses?: readonly string[]): Promise<Watcher>
  /** States of 1001's legs now, as `confirmed lamp`. */
  shown(watcher: Watcher): string
  /** Waits until that is what is shown. */
  becomes(watcher: Watcher, wanted: string): Promise<unknown>
  findings(config?: Partial<SipConfig>): Promise<readonly string[]>
  stop(): Promise<void>
}

export async function openSipLab(options: Partial<SipOptions> = {}): Promise<SipLab> {
  const clock = new LabClock()
  const phones = new Phones(clock)
  for (const extension of ['1001', '1002']) phones.put({ extension, displayName: extension })
  const faults = new Faults()
  const lab = await startSip({ clock, phones, port: 0, faults, requests: new RequestLog(clock), ...options })
  const config: SipConfig = {
    ...{ server: lab.address, domain: lab.domain, username: 'hookswitch', password: 'lab-password' },
    ...{ keepAlive: 1, probe: '1001' },
  }
  const watchers: Watcher[] = []
  const shown = (watcher: Watcher) =>
    watcher.recording.feeds
      .dialogs('1001')
      .map(({ state, evidence }) => `${state} ${evidence}`)
      .join()
  return {
    ...{ phones, faults, lab, config, shown },
    async watch(more = {}, addresses = ['1001']) {
      const watcher = await startWatcher({ port: lab.port, domain: 'pbx.test' }, addresses, {
        ...config,
        ...more,
      })
      watchers.push(watcher)
      return watcher
    },
    becomes: (watcher, wanted) =>
      until(
        () => shown(watcher) === wanted,
        () => `"${wanted}", not "${shown(watcher)}"\n${watcher.recording.said()}`,
      ),
    async findings(more = {}) {
      const findings = await sip.check({ ...config, ...more }, recordingContext().context)
      return findings.map(({ level, text, fix }) => `${level}: ${text}${fix ? ` [${fix}]` : ''}`)
    },
    async stop() {
      for (const watcher of watchers) await watcher.instance.stop()
      await lab.stop()
    },
  }
}
