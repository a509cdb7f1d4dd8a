import { describe, expect, it } from 'vitest'
import type { DirectoryEntry } from './connector.ts'
import { matchPeople, unmatchedProblem } from './identity.ts'

const entry = (address: string, change: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  address,
  mails: [],
  aliases: [],
  ...change,
})
const anna = { upn: 'anna@contoso.example', aliases: [], addresses: [] }

describe('matching people', () => {
  it('X-19: finds by UPN, then mail, then alias, in any letter case', () => {
    const byUpn = entry('1', { upn: 'Anna@Contoso.example' })
    const byMail = entry('2', { mails: ['ANNA@contoso.example'] })
    const byAlias = entry('3', { aliases: ['anna@contoso.example'] })
    const found = (...directory: DirectoryEntry[]) =>
      matchPeople([anna], directory, 'pbx').matches[0]?.addresses
    expect(found(byAlias, byMail, byUpn)).toEqual(['1'])
    expect(found(byAlias, byMail)).toEqual(['2'])
    expect(found(byAlias)).toEqual(['3'])
  })

  it('X-19: an address given by hand always wins', () => {
    const { matches } = matchPeople([{ ...anna, addresses: ['77'] }], [entry('1', { upn: anna.upn })], 'pbx')
    expect(matches[0]!.addresses).toEqual(['77'])
  })

  it('VO-07: matches the UPN against the mail address of the extension', () => {
    expect(matchPeople([anna], [entry('1001', { mails: [anna.upn] })], 'pbx').matches).toHaveLength(1)
  })

  it('G-06: names who cannot be matched, or not uniquely, with the reason', () => {
    const { unmatched } = matchPeople([anna], [], 'teams')
    expect(unmatched).toEqual([anna.upn])
    expect(unmatchedProblem(anna.upn, 'teams')).toMatchObject({ kind: 'unmatched', who: anna.upn })
    const two = [entry('1', { upn: 'a@x', mails: [anna.upn] }), entry('2', { upn: 'b@x', mails: [anna.upn] })]
    expect(matchPeople([anna], two, 'teams')).toMatchObject({
      matches: [],
      problems: [{ kind: 'duplicate' }],
    })
  })

  it('G-06: one address is never given to two people', () => {
    const people = [
      { ...anna, addresses: ['1001'] },
      { ...anna, upn: 'ben@contoso.example', addresses: ['1001'] },
    ]
    const { matches, problems } = matchPeople(people, [], 'pbx')
    expect(matches.map((match) => match.upn)).toEqual([anna.upn])
    expect(problems).toMatchObject([{ kind: 'duplicate', who: 'ben@contoso.example' }])
  })

  it('leaves out guests, disabled accounts and shared phones, and says so', () => {
    const kinds = [{ guest: true }, { enabled: false }, { shared: true }].map(
      (change) => matchPeople([anna], [entry('1', { upn: anna.upn, ...change })], 'x').problems[0]?.kind,
    )
    expect(kinds).toEqual(['guest', 'disabled', 'shared'])
  })

  it('leaves a phone that several people sign in to, and the shared one among several of one mail address', () => {
    const phones = [
      entry('1001', { mails: [anna.upn] }),
      entry('1090', { mails: [anna.upn], shared: true }),
      entry('1091', { mails: [anna.upn], hotDesk: true }),
    ]
    const { matches, shared, problems } = matchPeople([anna], phones, 'pbx')
    expect(matches[0]!.addresses).toEqual(['1001'])
    expect(shared).toEqual([
      { upn: anna.upn, address: '1090', kind: 'shared' },
      { upn: anna.upn, address: '1091', kind: 'hotDesk' },
    ])
    expect(problems.map(({ reason }) => reason)).toEqual([
      '1090 in pbx is a shared phone',
      '1091 in pbx is a hot-desk phone',
    ])
  })

  it('gives a phone that the directory has for two people to neither, unless it was given to one by hand', () => {
    const ben = { ...anna, upn: 'ben@contoso.example' }
    const phones = [entry('1001', { mails: [anna.upn, ben.upn] }), entry('1002', { mails: [ben.upn] })]
    const both = matchPeople([anna, ben], phones, 'pbx')
    expect(both.matches.map(({ upn, addresses }) => [upn, addresses])).toEqual([[ben.upn, ['1002']]])
    expect(both.problems.map(({ kind, who }) => [kind, who])).toEqual([
      ['shared', anna.upn],
      ['shared', ben.upn],
    ])
    expect(both.problems[0]?.reason).toContain(`${anna.upn}, ${ben.upn}`)
    const given = matchPeople([{ ...anna, addresses: ['1001'] }, ben], phones, 'pbx')
    expect(given.matches.map(({ upn, addresses }) => [upn, addresses])).toEqual([
      [anna.upn, ['1001']],
      [ben.upn, ['1002']],
    ])
    expect(given.problems).toMatchObject([{ kind: 'duplicate', who: ben.upn }])
  })

  it('takes several extensions with the same mail address as one person with several phones', () => {
    const two = [entry('1001', { mails: [anna.upn] }), entry('1052', { mails: [anna.upn] })]
    expect(matchPeople([anna], two, 'pbx').matches[0]!.addresses).toEqual(['1001', '1052'])
  })
})
