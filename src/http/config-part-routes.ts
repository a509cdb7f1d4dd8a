import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import Type from 'typebox'
import type { ConfigPort } from '../core/config-port.ts'
import { takeDone } from './config-answer.ts'
import {
  commentQuery,
  partBody,
  partParams,
  problemList,
  savedSchema,
  warningList,
} from './config-schemas.ts'
import { wishOf } from './config-wish.ts'
import type { Route, Seen } from './route.ts'

const bodyLimit = 256 * 1024
const path = '/config/hub/:part'

const partOf = (request: FastifyRequest) => (request.params as Static<typeof partParams>).part
const partValue = (request: FastifyRequest) => (request.body as Static<typeof partBody>).value

/** Parts of the configuration that belong to the hub itself, for forms. */
export function createConfigPartRoutes(configurationOf: Seen<ConfigPort>): readonly Route[] {
  return [
    {
      ...{ method: 'PUT', path, operationId: 'putConfiguredPart', scope: 'admin', bodyLimit },
      summary: 'Put a part that belongs to the hub itself into the stored configuration',
      description:
        'In the place of the one that is there; the whole configuration is checked, as with PUT /config. References to secrets are sent back as they were read. `afterRestart` of GET /config/schema tells what takes a restart.',
      params: { ...partParams },
      query: { ...commentQuery },
      body: { ...partBody },
      answers: { 200: { description: 'It is saved.', schema: savedSchema } },
      handle: async (request) =>
        takeDone(
          await configurationOf(request).putPart(partOf(request), partValue(request), wishOf(request)),
        ),
    },
    {
      ...{ method: 'POST', path: `${path}/problems`, operationId: 'checkConfiguredPart' },
      ...{ scope: 'admin', bodyLimit },
      summary: 'What would be wrong with the configuration if this part were put into it',
      description: 'For a form, while it is filled in. Nothing is saved.',
      params: { ...partParams },
      body: { ...partBody },
      answers: {
        200: {
          description: 'The problems, none where it is right.',
          schema: Type.Object({ problems: problemList, warnings: warningList }),
        },
      },
      handle: (request) => takeDone(configurationOf(request).checkPart(partOf(request), partValue(request))),
    },
  ]
}
