import { afterEach, describe, expect, it } from 'vitest'
import type { TeamsConfig } from '../../src/connectors/teams/config.ts'
import { teams } from '../../src/connectors/teams/definition.ts'
import { makeCertificate } from '../../src/lab/certificate.ts'
import { recordingContext } from '../contract/context.ts'
import {
  clientId,
  clientSecret,
  domain,
  entraTenantId,
  openTeamsLab,
  publication,
  type Role,
  shiftableClock,
  until,
} from './teams-world.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open(options: Parameters<typeof openTeamsLab>[0] = {}) {
  const world = await openTeamsLab(options)
  closers.push(() => world.lab.stop())
  const config = world.config as unknown as TeamsConfig
  const time = shiftableClock()
  const check = async (change: Partial<TeamsConfig> = {}) => {
    const recording = recordingContext({ clock: time.clock })
    const findings = await teams.check({ ...config, ...change }, recording.context)
    expect(JSON.stringify(findings) + recording.said()).not.toContain(clientSecret)
    expect(recording.pendingTimers()).toBe(0)
    return findings
  }
  const errors = async (change: Partial<TeamsConfig> = {}) =>
    (await check(change)).filter(({ level }) => level === 'error' || level === 'warning')
  return { ...world, ...time, config, check, errors }
}

describe('sign-in', () => {
  it('with a certificate: PS256 assertion with x5t#S256', async () => {
    const { lab, config, id } = await open()
    const { certificate: cert, privateKey: key } = await makeCertificate()
    lab.entra.register(entraTenantId, {
      clientId,
      certificates: [cert],
      roles: ['Presence.ReadWrite.All', 'User.ReadBasic.All'],
    })
    const { clientSecret: _left, ...rest } = config
    const recording = recordingContext()
    const instance = teams.create({ ...rest, certificate: { cert, key } }, recording.context)
    closers.push(() => instance.stop())
    await instance.start([id('anna')])
    expect(recording.health()?.state).toBe('up')
    expect(
      await teams.check({ ...rest, certificate: { cert, key } }, recordingContext().context),
    ).toContainEqual(expect.objectContaining({ level: 'ok' }))
  })

  it('a certificate that was not uploaded, has expired, or has another key is said so', async () => {
    const { config, lab } = await open()
    const { clientSecret: _left, ...rest } = config
    const [one, other] = await Promise.all([makeCertificate(), makeCertificate()])
    const old = await makeCertificate({ validFrom: Date.now() - 9e9, validTo: Date.now() - 8e9 })
    const findings = async (cert: string, key: string) =>
      (await teams.check({ ...rest, certificate: { cert, key } }, recordingContext().context))[0]
    expect(await findings(one.certificate, one.privateKey)).toMatchObject({
      level: 'error',
      fix: expect.stringMatching(/Upload this certificate/),
    })
    expect((await findings(one.certificate, other.privateKey))?.text).toMatch(/another certificate/)
    expect((await findings(old.certificate, old.privateKey))?.text).toMatch(/expired/)
    expect((await findings('nonsense', 'nonsense'))?.text).toMatch(/X\.509/)
    const missing = { certFile: '/nowhere/cert.pem', keyFile: '/nowhere/key.pem' }
    const [unread] = await teams.check({ ...rest, certificate: missing }, recordingContext().context)
    expect(unread?.text).toMatch(/cannot be read/)
    expect(lab.requests.since(0).filter((each) => each.target === 'entra')).toHaveLength(1)
  })

  it('renews five minutes before the end, and keeps a good token when the renewal fails', async () => {
    const { config, lab, id, clock, shift } = await open()
    const instance = teams.create(config, recordingContext({ clock }).context)
    closers.push(() => instance.stop())
    const write = () => instance.publish!(publication({ address: id('anna') }))
    const signIns = () => lab.requests.since(0).filter((each) => each.target === 'entra').length
    await write()
    shift(3_200_000)
    await write()
    expect(signIns()).toBe(1)
    lab.faults.add({ target: 'entra', kind: 'status', status: 503, count: 1 })
    shift(150_000)
    expect(await write()).toMatchObject({ kind: 'applied' })
    await until(() => signIns() === 2, 'the renewal that fails')
    expect(await write()).toMatchObject({ kind: 'applied' })
    expect(signIns()).toBe(2)
    shift(2_000)
    expect(await write()).toMatchObject({ kind: 'applied' })
    await until(() => signIns() === 3, 'the next renewal')
  })
})

describe('check', () => {
  it('finds nothing wrong with the least permissions, and says what cannot be seen', async () => {
    const { check } = await open({ more: 1_200 })
    const findings = await check()
    expect(findings.every(({ level }) => level === 'ok' || level === 'info')).toBe(true)
    const text = findings.map((each) => each.text).join('\n')
    expect(text).toMatch(/1203 people/)
    expect(text).toMatch(/Mail aliases cannot be seen/)
    expect(text).toMatch(/presence of one person was read/)
    expect(text).toMatch(/29,250 people are read within 5 s/)
  })

  const incomplete: readonly (readonly [readonly Role[], RegExp])[] = [
    [[], /Presence\.ReadWrite\.All is missing/],
    [['User.ReadBasic.All'], /Presence\.ReadWrite\.All is missing/],
    [['Presence.Read.All', 'User.ReadBasic.All'], /nothing can be written/],
    [['Presence.ReadWrite.All'], /User\.ReadBasic\.All is missing/],
  ]
  it.each(incomplete)('names what is missing with %j', async (roles, expected) => {
    const { errors } = await open({ roles })
    const found = await errors()
    expect(found.map((each) => each.text).join('\n')).toMatch(expected)
    for (const each of found) expect(each.fix).toMatch(/Grant admin consent/)
  })

  it.each([
    [{ clientSecret: 'wrong~one' }, /secret.*wrong/, /value/],
    [{ clientId: 'ffffffff-7777-4f2e-8a53-2f9a1f3f6a22' }, /not found in tenant/, /clientId/],
    [{ entraTenantId: 'fabrikam.example' }, /fabrikam\.example was not found/, /cloud/],
    [{ graphUrl: 'http://127.0.0.1:2' }, /connection was refused/, /graphUrl/],
    [{ loginUrl: 'http://127.0.0.1:2' }, /connection was refused/, /loginUrl/],
    [{ graphUrl: 'http://graph.example.com' }, /unencrypted/, /https/],
  ])('%j is explained', async (change, text, fix) => {
    const { errors } = await open()
    const [first] = await errors(change)
    expect(first?.text).toMatch(text)
    expect(first?.fix).toMatch(fix)
    expect(JSON.stringify(first)).not.toContain('wrong~one')
  })

  it('finds an expired secret and a clock that is wrong', async () => {
    const { errors, lab, shift } = await open()
    shift(400_000)
    expect((await errors())[0]?.text).toMatch(/clock of this machine is 40\d s ahead/)
    lab.faults.add({ target: 'entra', kind: 'expired-secret' })
    expect((await errors())[0]).toMatchObject({
      text: expect.stringMatching(/has expired/),
      fix: expect.stringMatching(/new client secret/),
    })
  })

  it('changes nobody', async () => {
    const { check, lab } = await open()
    await check()
    expect(lab.requests.since(0).filter((each) => /\/presence\//.test(each.path))).toEqual([])
  })
})

describe('the end of the client secret', () => {
  const day = 86_400_000

  async function withSecretEnd(days: number, roles: readonly Role[]) {
    const world = await open()
    const ends = new Date(world.clock.wall() + days * day).toISOString()
    const other = { value: 'another secret', ends: new Date(world.clock.wall() + 900 * day).toISOString() }
    world.lab.entra.register(entraTenantId, {
      clientId,
      secrets: [{ value: clientSecret, ends }, other],
      roles: [...roles, 'Presence.ReadWrite.All', 'User.ReadBasic.All'],
    })
    return { ...world, ends }
  }

  it('G-10: is read from the application itself, where that is allowed, and told', async () => {
    const { config, check, ends, id } = await withSecretEnd(20, ['Application.Read.All'])
    expect(await check()).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        text: expect.stringMatching(/secret ends in (19|20) days/),
      }),
    )
    const instance = teams.create(config, recordingContext().context)
    closers.push(() => instance.stop())
    await instance.start([id('anna')])
    expect(instance.credentialEnds?.()).toEqual([])
    await instance.directory?.()
    expect(instance.credentialEnds?.()).toEqual([{ setting: 'clientSecret', at: Date.parse(ends) }])
  })

  it('is said not to be known where it is neither readable nor configured', async () => {
    const { check, config, id } = await withSecretEnd(20, [])
    const unknown = expect.objectContaining({ level: 'info', text: expect.stringMatching(/is not known/) })
    expect(await check()).toContainEqual(unknown)
    expect(await check({ clientSecretExpires: '2027-05-31' })).not.toContainEqual(unknown)
    const instance = teams.create(config, recordingContext().context)
    closers.push(() => instance.stop())
    await instance.start([id('anna')])
    await instance.directory?.()
    expect(instance.credentialEnds?.()).toEqual([])
  })
})

describe('directory', () => {
  it.each([
    [['User.ReadBasic.All'], {}],
    [['User.Read.All'], { guests: true, aliases: true }],
  ] as const)('with %j: every page, guests and aliases as far as they can be seen', async (roles, read) => {
    const { config, lab, id } = await open({ more: 2_500, roles: ['Presence.ReadWrite.All', ...roles] })
    const tenant = lab.tenants.get(entraTenantId)!
    tenant.put({ userPrincipalName: `anna@${domain}`, proxyAddresses: [`smtp:a.a@${domain}`] })
    tenant.put({ userPrincipalName: `guest_x#EXT#@${domain}` })
    tenant.put({ userPrincipalName: `ben@${domain}`, accountEnabled: false })
    const instance = teams.create({ ...config, read }, recordingContext().context)
    closers.push(() => instance.stop())
    const entries = await instance.directory!()
    expect(entries).toHaveLength(2_504)
    const whole = roles[0] === 'User.Read.All'
    const anna = entries.find((entry) => entry.address === id('anna'))
    expect(anna).toMatchObject({ upn: `anna@${domain}`, mails: [`anna@${domain}`], displayName: 'anna' })
    expect(anna?.aliases).toEqual(whole ? [`a.a@${domain}`] : [])
    expect(entries.filter((entry) => entry.guest)).toHaveLength(1)
    expect(entries.find((entry) => entry.address === id('ben'))?.enabled).toBe(whole ? false : undefined)
  })

  it('falls back to what everybody may see where Graph refuses more', async () => {
    const { config, lab } = await open({
      roles: ['Presence.ReadWrite.All', 'User.Read.All'],
      switches: { hiddenProperties: 'refused' },
    })
    lab.faults.add({ target: 'graph', kind: 'status', status: 403, count: 1, path: 'proxyAddresses' })
    const instance = teams.create({ ...config, read: { aliases: true } }, recordingContext().context)
    closers.push(() => instance.stop())
    expect(await instance.directory!()).toHaveLength(3)
  })
})
