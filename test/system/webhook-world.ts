import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WebhookConfig } from '../../src/connectors/webhooks/config.ts'
import type { ConnectorInstance, Delivery, DeliveryAnswer } from '../../src/core/connector.ts'
import { type Presence, parsePresence } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { startContactCentre } from '../../src/lab/webhooks/server.ts'

export const secret = 'a-secret-of-the-contact-centre'
export const anna = 'anna@contoso.example'
export const ben = 'ben@contoso.example'

/** What the emulated contact centre calls its states. */
export const states = {
  Ready: 'available/available',
  Talking: 'busy/inACall',
  Meeting: 'busy/inAMeeting',
  Break: 'away/away',
  'Do not disturb': 'doNotDisturb/doNotDisturb',
  'Logged out': 'signedOut',
} as const

/** Stands where the hub takes deliveries; `serve` says for which instance. */
export async function startDoor() {
  let instance: ConnectorInstance | undefined
  const answers: DeliveryAnswer[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const delivery: Delivery = {
        ...{ method: 'POST', path: '', query: {}, body: Buffer.concat(parts) },
        headers: request.headers as Record<string, string>,
      }
      const answer = (await instance?.receive?.(delivery)) ?? { status: 404 }
      answers.push(answer)
      response.writeHead(answer.status, answer.headers).end(answer.body ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/contoso/centre`,
    answers,
    serve: (one: ConnectorInstance) => {
      instance = one
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** An emulated contact centre with two agents, and a configuration for it. */
export async function startCentre() {
  const clock = new LabClock()
  const faults = new Faults()
  const requests = new RequestLog(clock)
  const agents = new Set([anna, ben])
  // Only whether somebody is known is asked.
  const people = { find: (upn: string) => (agents.has(upn.toLowerCase()) ? ({} as never) : undefined) }
  const centre = await startContactCentre({ clock, people, faults, requests, secret })
  const config: WebhookConfig = {
    ...{ secrets: [secret], personAt: '/agent/mail', orderAt: '/changedAt', states },
    ...{ targetUrl: `${centre.address}/presence`, targetSecrets: [secret] },
  }
  const shown = (mail: string): Presence =>
    parsePresence(centre.agents.told(mail)?.state ?? 'available/available')!
  return { clock, faults, requests, centre, config, shown }
}
