import { expect, test } from 'vitest'
import { diffDocuments } from './diff-documents.ts'

test('two configurations are compared tenant by tenant, links and people by their names', () => {
  const before = {
    http: { port: 1 },
    tenants: [
      { id: 'a', links: [{ from: 'pbx', to: 'teams', grace: 1 }], people: [{ upn: 'anna@a.example' }] },
      { id: 'b' },
    ],
  }
  const now = {
    http: { port: 2 },
    tenants: [
      { id: 'c' },
      {
        id: 'a',
        people: [{ upn: 'ben@a.example' }, { upn: 'anna@a.example' }],
        links: [{ to: 'teams', from: 'pbx', grace: 2, table: [{ when: {}, act: 'hold' }] }],
      },
    ],
  }
  expect(diffDocuments(before, now)).toEqual([
    { tenant: '', path: 'http.port', was: '1', is: '2' },
    { tenant: 'a', path: 'links.pbx to teams.grace', was: '1', is: '2' },
    { tenant: 'a', path: 'links.pbx to teams.table', is: '[{"when":{},"act":"hold"}]' },
    { tenant: 'a', path: 'people.ben@a.example', is: '{"upn":"ben@a.example"}' },
    { tenant: 'b', path: '', was: '{"id":"b"}' },
    { tenant: 'c', path: '', is: '{"id":"c"}' },
  ])
  expect(diffDocuments(now, structuredClone(now))).toEqual([])
})
