import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeCertificate } from '../../src/lab/certificate.ts'
import { findFreePort } from './support/free-port.ts'
import { openSipLab, type SipLab } from './support/sip-lab.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function openLab(options: Parameters<typeof openSipLab>[0] = {}): Promise<SipLab> {
  const lab = await openSipLab(options)
  cleanups.push(() => lab.stop())
  return lab
}

const only = (findings: readonly string[]) => expect(findings).toHaveLength(1)

test('all is well: each step is named, and nothing is left at the server', async () => {
  const lab = await openLab()
  expect(await lab.findings({ register: true, events: ['dialog', 'presence'] })).toEqual([
    `ok: ${lab.lab.address} answers over udp and "hookswitch" is registered.`,
    'ok: Extension 1001 can be watched (dialog).',
    'ok: Extension 1001 can be watched (presence).',
  ])
  expect(lab.lab.subscriptions()).toBe(0)
  expect(lab.lab.connections()).toBe(0)
})

test('nothing listens there', async () => {
  const lab = await openLab()
  const port = await findFreePort()
  const findings = await lab.findings({ server: `127.0.0.1:${port}`, transport: 'tcp' })
  only(findings)
  expect(findings[0]).toMatch(`error: Cannot reach 127.0.0.1:${port} (tcp): nothing listens there.`)
  const silent = await lab.findings({ server: `127.0.0.1:${port}`, transport: 'udp' })
  only(silent)
  expect(silent[0]).toMatch(/^error: Cannot reach .*\(udp\): .* \[Check server, transport, the firewall/)
})

test('a host that does not exist', async () => {
  const lab = await openLab()
  const [finding] = await lab.findings({ server: 'pbx.invalid:5060' })
  expect(finding).toMatch(/^error: Cannot reach pbx\.invalid:5060 \(udp\): /)
})

test('a wrong password', async () => {
  const lab = await openLab()
  const findings = await lab.findings({ password: 'not-to-be-seen' })
  only(findings)
  expect(findings[0]).toMatch(
    /^error: The server refused user name "hookswitch" .* \[Correct username and password/,
  )
  expect(findings[0]).not.toContain('not-to-be-seen')
})

test('an event package and an extension that the server does not know', async () => {
  const lab = await openLab({ events: ['presence'] })
  const findings = await lab.findings({ events: ['dialog', 'presence'], probe: '1999' })
  expect(findings).toHaveLength(3)
  expect(findings[1]).toMatch(/^error: The server does not know the event package dialog/)
  expect(findings[2]).toMatch(/^warning: Extension 1999 cannot be watched \(presence\): 404 Not Found/)
})

test('TLS: trusted, not trusted, expired, no such file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-tls-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  const certificate = await makeCertificate({ name: 'pbx' })
  const caFile = join(folder, 'ca.pem')
  await writeFile(caFile, certificate.certificate)
  const lab = await openLab({ certificate, domain: 'pbx.example' })
  const secure = { server: `localhost:${lab.lab.tlsPort}`, transport: 'tls', caFile } as const
  expect((await lab.findings(secure))[1]).toMatch(/^ok: /)
  const watcher = await lab.watch(secure)
  expect(watcher.recording.health()?.state).toBe('up')

  const { caFile: _, ...untrusted } = secure
  expect((await lab.findings(untrusted))[0]).toMatch(/signed by nobody but itself.* \[Renew .* caFile/)
  expect((await lab.findings({ ...secure, caFile: join(folder, 'none') }))[0]).toMatch(
    /in caFile cannot be read/,
  )

  const old = await makeCertificate({
    validFrom: Date.parse('2020-01-01'),
    validTo: Date.parse('2021-01-01'),
  })
  const past = await openLab({ certificate: old })
  await writeFile(caFile, old.certificate)
  const expired = await past.findings({ ...secure, server: `localhost:${past.lab.tlsPort}` })
  expect(expired[0]).toMatch(/has expired/)
})
