import { fullPath, type Route } from './route.ts'
import { problemSchema } from './view-schemas.ts'

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>
  readonly required?: readonly string[]
}

function describeParameters(schema: ObjectSchema | undefined, place: 'path' | 'query'): object[] {
  return Object.entries(schema?.properties ?? {}).map(([name, { description, ...rest }]) => {
    const hasDefault = 'default' in rest
    return {
      name,
      in: place,
      required: place === 'path' || (!hasDefault && (schema?.required?.includes(name) ?? false)),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    }
  })
}

function describeAnswers({ answers, scope }: Route): object {
  const own = Object.entries(answers).map(([status, { description, schema, mediaType }]) => [
    status,
    schema ? { description, content: { [mediaType ?? 'application/json']: { schema } } } : { description },
  ])
  const problems = [
    ['400', 'The request is not valid.'],
    ...(scope === undefined
      ? []
      : [
          ['401', 'An API token is needed, or this one is not known.'],
          ['403', 'The token has not the scope, or the request came from elsewhere.'],
        ]),
    ['404', 'There is no such thing.'],
    ['500', 'Something went wrong in the hub.'],
  ].map(([status, description]) => [status, { $ref: '#/components/responses/Problem', description }])
  return Object.fromEntries([...problems, ...own])
}

function describeNeeds({ scope, about, self }: Route): string {
  if (scope === undefined) return 'Needs no token.'
  if (scope === 'account') return 'Needs a signed-in account.'
  const where = about === undefined ? ' for the whole hub' : ''
  return `Needs the scope \`${scope}\`${where}${self ? ', or to be the person it is about' : ''}.`
}

function describeOperation(route: Route): object {
  const { operationId, summary, description, scope, body } = route
  const parameters = [
    ...describeParameters(route.params as ObjectSchema | undefined, 'path'),
    ...describeParameters(route.query as ObjectSchema | undefined, 'query'),
  ]
  const needs = describeNeeds(route)
  return {
    operationId,
    summary,
    description: description === undefined ? needs : `${description} ${needs}`,
    ...(scope === undefined ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: describeAnswers(route),
  }
}

/** The OpenAPI 3.1 description of the routes. Schemas of 3.1 are JSON Schema 2020-12, so they stand as they are. */
export function describeApi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = fullPath(route).replaceAll(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = describeOperation(route)
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Hookswitch',
      version,
      description: 'Presence of people over all their systems. Errors are problem details (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token of `http.tokens`. With none configured, and nobody with an account, the hub answers on loopback without one.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'hookswitch',
          description: 'Of people who signed in.',
        },
      },
      responses: {
        Problem: {
          description: 'A problem.',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
    },
  }
}
