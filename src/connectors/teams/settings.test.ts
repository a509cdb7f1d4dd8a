import { describe, expect, it } from 'vitest'
import { checkRoles } from './check.ts'
import type { TeamsConfig } from './config.ts'
import { fieldsToRead, toEntry, unseenSentences } from './directory.ts'
import { resolveSettings } from './settings.ts'

const least: TeamsConfig = { entraTenantId: 'contoso.example', clientId: 'app-1', clientSecret: 's3cret' }

describe('settings', () => {
  it.each([
    ['global', 'https://graph.microsoft.com', 'https://login.microsoftonline.com'],
    ['gcc-high', 'https://graph.microsoft.us', 'https://login.microsoftonline.us'],
    ['dod', 'https://dod-graph.microsoft.us', 'https://login.microsoftonline.us'],
  ] as const)('knows the roots of %s', (cloud, graph, login) => {
    const settings = resolveSettings({ ...least, cloud })
    expect(settings.graphUrl).toBe(`${graph}/v1.0`)
    expect(settings.loginUrl).toBe(login)
    expect(settings.scope).toBe(`${graph}/.default`)
  })

  it('takes graphUrl with or without the version', () => {
    for (const graphUrl of ['http://127.0.0.1:9', 'http://127.0.0.1:9/', 'http://127.0.0.1:9/v1.0/']) {
      expect(resolveSettings({ ...least, graphUrl }).graphUrl).toBe('http://127.0.0.1:9/v1.0')
    }
  })

  it.each([
    [{ entraTenantId: 'common' }, /entraTenantId/],
    [{ clientSecret: '' }, /clientSecret/],
    [{ certificate: { cert: 'x', key: 'y' } }, /both/],
    [{ clientSecret: '', certificate: { cert: 'x' } }, /incomplete/],
    [{ graphUrl: 'http://graph.example.com' }, /graphUrl/],
    [{ loginUrl: 'http://login.example.com' }, /loginUrl/],
  ])('refuses %j with a fix', (change, why) => {
    expect(() => resolveSettings({ ...least, ...change })).toThrow(why)
    try {
      resolveSettings({ ...least, ...change })
    } catch (error) {
      expect(error).toMatchObject({ kind: 'misconfigured', fix: expect.any(String) })
      expect(String(error)).not.toContain('s3cret')
    }
  })
})

describe('roles of the token', () => {
  const levels = (roles: readonly string[] | undefined) =>
    checkRoles({ roles }).map(({ level, text }) => `${level} ${/[A-Z]\w+\.\w+\.All/.exec(text)?.[0]}`)

  it('names exactly what is missing', () => {
    expect(levels(['Presence.ReadWrite.All', 'User.ReadBasic.All'])).toEqual(['ok Presence.ReadWrite.All'])
    expect(levels(['Presence.ReadWrite.All', 'User.Read.All'])).toEqual(['ok Presence.ReadWrite.All'])
    expect(levels(['Presence.Read.All', 'User.Read.All'])).toEqual(['error Presence.ReadWrite.All'])
    expect(levels([])).toEqual(['error Presence.ReadWrite.All', 'error User.ReadBasic.All'])
    expect(levels(undefined)).toEqual([])
  })
})

describe('directory', () => {
  const none = { guests: false, aliases: false, licences: false }
  const all = { guests: true, aliases: true, licences: true }

  it('asks for no more than is wanted and allowed, and says what it cannot see', () => {
    const basic = ['id', 'displayName', 'userPrincipalName', 'mail']
    expect(fieldsToRead(none, ['User.Read.All'])).toEqual(basic)
    expect(fieldsToRead(all, ['User.ReadBasic.All'])).toEqual(basic)
    expect(fieldsToRead(all, ['User.Read.All'])).toContain('proxyAddresses')
    expect(fieldsToRead(all, undefined)).toContain('assignedPlans')
    expect(unseenSentences(none, basic)).toHaveLength(3)
    expect(unseenSentences(all, fieldsToRead(all, ['User.Read.All']))).toEqual([])
    expect(unseenSentences(all, basic).join()).toMatch(/grant User\.Read\.All/)
  })

  it('reads a user with whatever fields came', () => {
    expect(
      toEntry({
        id: 'o1',
        displayName: 'Anna',
        userPrincipalName: 'anna@contoso.example',
        mail: 'Anna@contoso.example',
        proxyAddresses: ['SMTP:anna@contoso.example', 'smtp:a.b@contoso.example', 'x500:/o=x', 7],
        otherMails: ['anna@home.example'],
        userType: 'Member',
        accountEnabled: false,
      }),
    ).toEqual({
      address: 'o1',
      displayName: 'Anna',
      upn: 'anna@contoso.example',
      mails: ['Anna@contoso.example'],
      aliases: ['a.b@contoso.example', 'anna@home.example'],
      guest: false,
      enabled: false,
    })
    expect(toEntry({ id: 'o2', mail: null })).toEqual({ address: 'o2', mails: [], aliases: [] })
    expect(toEntry({ id: 'o3', userPrincipalName: 'x_y#EXT#@contoso.example' })).toMatchObject({
      guest: true,
    })
    for (const item of [null, 7, 'x', [], { id: 5 }]) expect(toEntry(item)).toBeUndefined()
  })
})
