import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { english } from '../web/src/language/english.ts'
import { german } from '../web/src/language/german.ts'
import { bestLanguage, locale, speak, words } from '../web/src/language/words.ts'

afterEach(() => speak('en', []))

/** Every key with the kind of what stands there. */
function shapeOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`]
  return Object.entries(value).flatMap(([key, one]) => shapeOf(one, `${path}.${key}`))
}

/** What a catalogue says, sentences with a number for everything they are given. */
function said(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [String(value(2, 2, 2)), String(value(1, 1, 1))]
  return Object.values(value as object).flatMap(said)
}

test('German has every key of English, no other, and says something everywhere that English does', () => {
  expect(shapeOf(german)).toEqual(shapeOf(english))
  expect(said(german).filter((text) => text.trim() === '')).toEqual([])
  expect(said(german).filter((text) => text.includes('undefined'))).toEqual([])
})

test('plural forms follow the number', () => {
  expect([0, 1, 2].map(english.board.problemCount)).toEqual(['0 problems', '1 problem', '2 problems'])
  expect([0, 1, 2].map(german.board.problemCount)).toEqual(['0 Probleme', '1 Problem', '2 Probleme'])
})

test('the browser’s first language that is known is taken, with its region for dates', async () => {
  expect(bestLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de')
  expect(bestLanguage(['pt'])).toBe('en')
  await speak('de', ['fr-FR', 'de-AT', 'en'])
  expect(words().pages.names.health).toBe('Zustand')
  expect(locale()).toBe('de-AT')
  await speak('en', [])
  expect(words().pages.names.health).toBe('Health')
})

test('no page has words of its own: they stand in the catalogues', () => {
  const folder = fileURLToPath(new URL('../web/src/', import.meta.url))
  const text = />[^<>{}=;()]*\p{Ll}{3,}[^<>{}=;()]*<\//gu
  const attribute = /\b(?:aria-label|label|title|placeholder|text|hint|alt)="[^"]+"/g
  const found = globSync('**/*.tsx', { cwd: folder }).flatMap((path) => {
    const source = readFileSync(folder + path, 'utf8')
    return [...source.matchAll(text), ...source.matchAll(attribute)].map(([words]) => `${path}: ${words}`)
  })
  // Names of products are the same everywhere.
  expect(found.filter((one) => !/>Hookswitch<|"Hookswitch"|"Teams"/.test(one))).toEqual([])
})
