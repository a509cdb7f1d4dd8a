import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { stringify } from 'yaml'
import type { ConfigItem, ConfigPort } from '../core/config-port.ts'
import { takeDone } from './config-answer.ts'
import { createConfigPartRoutes } from './config-part-routes.ts'
import {
  commentQuery,
  configurationSchema,
  connectorParams,
  formatQuery,
  itemBody,
  items,
  keyReportSchema,
  problemList,
  rollbackBody,
  savedSchema,
  schemasSchema,
  signInBody,
  tenantParams,
  versionParams,
  versionSchema,
  versionTextSchema,
  type WholeBody,
  warningList,
  wholeBody,
} from './config-schemas.ts'
import { readIfMatch, wishOf } from './config-wish.ts'
import { HttpProblem } from './problem.ts'
import type { Route, Seen } from './route.ts'
import { whoAsks } from './who.ts'

/** Some 9,000 people that are listed one by one; more are better read from a directory. */
const bodyLimit = 1024 * 1024
const yamlType = 'application/yaml'

/** RFC 9512: YAML has a media type of its own. A foreign page cannot send it without asking. */
export function takeYaml(app: FastifyInstance): void {
  app.addContentTypeParser(yamlType, { parseAs: 'string' }, (_request, body, done) => done(null, body))
}

function readWhole(request: FastifyRequest): { readonly text: string; readonly comment: string | undefined } {
  const body = request.body as WholeBody
  if (typeof body === 'string') return { text: body, comment: undefined }
  const { yaml, config, comment } = body
  if ((yaml === undefined) === (config === undefined)) {
    throw new HttpProblem(400, 'Send either yaml (a text) or config (an object).')
  }
  return { text: yaml ?? stringify(config), comment }
}

const saved = { 200: { description: 'It is saved, and the hub runs with it.', schema: savedSchema } }
const about = { scope: 'admin', bodyLimit } as const
/** Also for whoever looks after one tenant. */
const ofTenant = { ...about, about: 'tenant' } as const

/** The configuration: reading, checking, saving, versions. Refusals: 409 from a file, 412 another version, 422 not right. */
export function createConfigRoutes(configurationOf: Seen<ConfigPort>): readonly Route[] {
  return [
    ...readingRoutes(configurationOf),
    ...savingRoutes(configurationOf),
    ...tenantRoutes(configurationOf),
    ...itemRoutes(configurationOf),
    ...keyRoutes(configurationOf),
    ...createConfigPartRoutes(configurationOf),
  ]
}

function readingRoutes(configurationOf: Seen<ConfigPort>): readonly Route[] {
  return [
    {
      ...{ ...ofTenant, method: 'GET', path: '/config', operationId: 'readConfiguration' },
      summary: 'The configuration',
      description: 'Its version is in `ETag`. Secrets are never told.',
      query: { ...formatQuery },
      answers: { 200: { description: 'The configuration.', schema: configurationSchema } },
      handle: (request, reply) => {
        const view = configurationOf(request).read()
        if (view.source === 'stored') reply.header('etag', `"${view.version}"`)
        return (request.query as { format?: string }).format === 'yaml' ? sendYaml(reply, view.yaml) : view
      },
    },
    {
      ...{ ...ofTenant, method: 'GET', path: '/config/schema', operationId: 'describeConfiguration' },
      summary: 'JSON Schemas of the configuration and of each type of connector',
      description: 'For forms; fields with `secret: true` are sealed on arrival.',
      answers: { 200: { description: 'The schemas.', schema: schemasSchema } },
      handle: (request) => configurationOf(request).schemas(),
    },
    {
      ...{ ...ofTenant, method: 'GET', path: '/config/versions', operationId: 'listConfigurationVersions' },
      summary: 'Versions of the stored configuration, the newest first',
      answers: {
        200: { description: 'The versions.', schema: Type.Object({ versions: Type.Array(versionSchema) }) },
      },
      handle: (request) => ({ versions: configurationOf(request).versions() }),
    },
    {
      ...{
        ...ofTenant,
        method: 'GET',
        path: '/config/versions/:version',
        operationId: 'readConfigurationVersion',
      },
      summary: 'One version of the stored configuration',
      params: { ...versionParams },
      answers: { 200: { description: 'The version.', schema: versionTextSchema } },
      handle: async (request) => {
        const { version } = request.params as { version: number }
        const found = await configurationOf(request).version(version)
        if (!found) throw new HttpProblem(404, `There is no version ${version}.`)
        return found
      },
    },
  ]
}

function sendYaml(reply: FastifyReply, yaml: string): FastifyReply {
  return reply.type(`${yamlType}; charset=utf-8`).send(yaml)
}

function savingRoutes(configurationOf: Seen<ConfigPort>): readonly Route[] {
  return [
    {
      ...{ ...about, method: 'PUT', path: '/config', operationId: 'saveConfiguration' },
      summary: 'Save the whole configuration',
      description:
        'JSON or `application/yaml`. `If-Match` names the version that it changes (`*` for any). Secrets in clear are sealed; secret fields of a connector that are left out stay as they are, null takes one out.',
      query: { ...commentQuery },
      body: { ...wholeBody },
      answers: saved,
      handle: async (request) => {
        if (readIfMatch(request) === undefined) {
          throw new HttpProblem(
            428,
            'Name the version that this changes: If-Match with the ETag of GET /config.',
          )
        }
        const { text, comment } = readWhole(request)
        return takeDone(await configurationOf(request).save(text, wishOf(request, comment)))
      },
    },
    {
      ...{ ...about, method: 'POST', path: '/config/check', operationId: 'checkConfiguration' },
      summary: 'Everything that is wrong with a configuration, and what may be; nothing is saved',
      body: { ...wholeBody },
      answers: {
        200: {
          description:
            'The problems, none where it is right; the warnings are looked for where there are none.',
          schema: Type.Object({ problems: problemList, warnings: warningList }),
        },
      },
      handle: (request) => takeDone(configurationOf(request).check(readWhole(request).text)),
    },
    {
      ...{ ...about, method: 'POST', path: '/config/rollback', operationId: 'rollBackConfiguration' },
      summary: 'Go back to an earlier version, with the secrets it had',
      description: 'It becomes a new version.',
      body: { ...rollbackBody },
      answers: saved,
      handle: async (request) => {
        const { version, comment = '' } = request.body as { version: number; comment?: string }
        return takeDone(await configurationOf(request).rollback(version, wishOf(request, comment)))
      },
    },
  ]
}

function tenantRoutes(configurationOf: Seen<ConfigPort>): readonly Route[] {
  return [
    {
      ...{ ...ofTenant, method: 'POST', path: '/config/tenants/:tenant/rollback' },
      operationId: 'rollBackConfiguredTenant',
      summary: 'Go back to an earlier version of one tenant, with the secrets it had',
      description: 'What other tenants have stays. It becomes a new version.',
      params: { ...tenantParams },
      body: { ...rollbackBody },
      answers: saved,
      handle: async (request) => {
        const { tenant } = request.params as { tenant: string }
        const { version, comment = '' } = request.body as { version: number; comment?: string }
        const wish = wishOf(request, comment)
        return takeDone(await configurationOf(request).rollBackTenant(tenant, version, wish))
      },
    },
  ]
}

const nameOf = (kind: ConfigItem['kind']) => `${kind[0]!.toUpperCase()}${kind.slice(1)}`

function itemRoutes(configurationOf: Seen<ConfigPort>): readonly Route[] {
  return items.flatMap(({ kind, path, params }): readonly Route[] => {
    const itemOf = (request: FastifyRequest) => ({ kind, ...(request.params as object) }) as ConfigItem
    const shared = { path, params: { ...params }, query: { ...commentQuery }, answers: saved }
    // Whether there is a tenant is for whoever runs the hub to say.
    const mayDelete = kind === 'tenant' ? about : ofTenant
    return [
      {
        ...{
          ...ofTenant,
          ...shared,
          method: 'PUT',
          operationId: `putConfigured${nameOf(kind)}`,
          body: { ...itemBody },
        },
        summary: `Put a ${kind} into the stored configuration`,
        description:
          'In the place of the one that is there. Members that the address tells may be left out. The whole configuration is checked, as with PUT /config; `If-Match` may be left out.',
        handle: async (request) =>
          takeDone(
            await configurationOf(request).put(itemOf(request), request.body as object, wishOf(request)),
          ),
      },
      {
        ...{ ...mayDelete, ...shared, method: 'DELETE' },
        operationId: `deleteConfigured${nameOf(kind)}`,
        summary: `Take a ${kind} out of the stored configuration`,
        handle: async (request) =>
          takeDone(await configurationOf(request).delete(itemOf(request), wishOf(request))),
      },
    ]
  })
}

const findings = Type.Array(
  Type.Object({
    level: Type.Enum(['ok', 'info', 'warning', 'error']),
    text: Type.String(),
    fix: Type.Optional(Type.String()),
  }),
)

const signedIn = 'Signed in in the browser'

function keyRoutes(configurationOf: Seen<ConfigPort>): readonly Route[] {
  return [
    {
      ...{ ...ofTenant, method: 'POST', path: '/config/tenants/:tenant/connectors/:id/check' },
      operationId: 'tryConnector',
      summary: 'Trial connection of a connector that is not saved',
      description: 'Secret fields that are left out are those that are stored. Nothing is saved or changed.',
      params: { ...connectorParams },
      body: { ...itemBody },
      answers: { 200: { description: 'What was found.', schema: Type.Object({ findings }) } },
      handle: async (request) => {
        const place = request.params as { tenant: string; id: string }
        return { findings: takeDone(await configurationOf(request).trial(place, request.body as object)) }
      },
    },
    {
      ...{ ...ofTenant, method: 'POST', path: '/config/tenants/:tenant/connectors/:id/sign-in' },
      operationId: 'signInConnector',
      summary: 'Complete a sign-in in the browser for a connector, and save what it gives',
      description: 'The authorization code that a system has sent the browser back with; PKCE (RFC 7636).',
      params: { ...connectorParams },
      body: { ...signInBody },
      answers: saved,
      handle: async (request) => {
        const place = request.params as { tenant: string; id: string }
        const grant = request.body as Static<typeof signInBody>
        return takeDone(await configurationOf(request).signIn(place, grant, wishOf(request, signedIn)))
      },
    },
    {
      ...{ ...ofTenant, method: 'POST', path: '/config/tenants/:tenant/connectors/:id/problems' },
      operationId: 'checkConnector',
      summary: 'What would be wrong with the configuration if this connector were put into it',
      description: 'For a form, while it is filled in. Nothing is saved, and nothing is connected to.',
      params: { ...connectorParams },
      body: { ...itemBody },
      answers: {
        200: {
          description: 'The problems, none where it is right; then the warnings.',
          schema: Type.Object({ problems: problemList, warnings: warningList }),
        },
      },
      handle: (request) => {
        const item = { kind: 'connector', ...(request.params as { tenant: string; id: string }) } as const
        return takeDone(configurationOf(request).checkItem(item, request.body as object))
      },
    },
    {
      ...{ ...about, method: 'POST', path: '/config/keys/rotate', operationId: 'rotateKeys' },
      summary: 'Seal every secret under the first key, read anew',
      answers: { 200: { description: 'What stands under which key now.', schema: keyReportSchema } },
      handle: async (request) => takeDone(await configurationOf(request).rotateKeys(whoAsks(request))),
    },
  ]
}
