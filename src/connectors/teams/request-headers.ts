import { randomUUID } from 'node:crypto'

/** Of a request to Graph. */
export function headersWith(bearer: string, hasBody: boolean): Readonly<Record<string, string>> {
  return {
    authorization: `Bearer ${bearer}`,
    accept: 'application/json',
    'client-request-id': randomUUID(),
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  }
}
