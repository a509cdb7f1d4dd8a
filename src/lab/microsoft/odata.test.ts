import { expect, test } from 'vitest'
import { matches, readFilter } from './odata.ts'
import { makeUser } from './user.ts'

const anna = makeUser('t', {
  userPrincipalName: "anna.o'neil@contoso.example",
  mail: 'Anna@contoso.example',
  proxyAddresses: ['SMTP:anna@contoso.example', 'smtp:a.oneil@contoso.example'],
})

const finds = (filter: string) => matches(anna, readFilter(filter))

test('compares UPN and mail in any letter case, with doubled quotes', () => {
  expect(finds("userPrincipalName eq 'ANNA.O''NEIL@contoso.example'")).toBe(true)
  expect(finds("mail eq 'anna@contoso.example'")).toBe(true)
  expect(finds("mail eq 'ben@contoso.example'")).toBe(false)
})

test('joins with or, and knows in, any and accountEnabled', () => {
  expect(finds("mail eq 'x or y' or userPrincipalName in ('b', 'anna.o''neil@contoso.example')")).toBe(true)
  expect(finds("proxyAddresses/any(p:p eq 'smtp:a.oneil@contoso.example')")).toBe(true)
  expect(finds("otherMails/any(m:m eq 'a')")).toBe(false)
  expect([finds('accountEnabled eq true'), finds('accountEnabled eq false')]).toEqual([true, false])
})

test('refuses what it does not know, as Graph does', () => {
  for (const filter of [
    "startswith(mail,'a')",
    "mail eq 'a' and id eq 'b'",
    "city eq 'x'",
    'mail eq a',
    '',
  ]) {
    expect(() => readFilter(filter), filter).toThrow(/Unsupported or invalid query filter/)
  }
  const many = Array.from({ length: 16 }, (_, index) => `'${index}'`).join(',')
  expect(() => readFilter(`id in (${many})`)).toThrow(/15/)
})
