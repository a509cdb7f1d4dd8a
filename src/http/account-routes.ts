import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { Refusal } from '../core/access.ts'
import type { Actor, PasswordLink } from '../core/accounts-port.ts'
import { accountBody, accountChange, accountParams, accountSchema, linkSchema } from './account-schemas.ts'
import { HttpProblem } from './problem.ts'
import type { Route, Seen } from './route.ts'
import { whoAsks } from './who.ts'
import type { OthersAccounts } from './within-accounts.ts'

type Params = Static<typeof accountParams>

/** Who does it, for the audit log. */
export function actorOf(request: FastifyRequest): Actor {
  return { who: whoAsks(request) }
}

function done<Answer extends object>(answer: Answer | Refusal | undefined): Answer {
  if (answer === undefined) throw new HttpProblem(404, 'There is no such account.')
  if ('refused' in answer) throw new HttpProblem(409, answer.refused)
  return answer
}

function showLink({ code, until }: PasswordLink): Static<typeof linkSchema> {
  return { code, path: `/#/password/${code}`, until }
}

/** /accounts: who can sign in with a password, and what they may do. */
export function createAccountRoutes(accountsOf: Seen<OthersAccounts>): readonly Route[] {
  return [...allAccounts(accountsOf), ...oneAccount(accountsOf)]
}

function allAccounts(accountsOf: Seen<OthersAccounts>): readonly Route[] {
  const common = { path: '/accounts', scope: 'admin', about: 'tenant' } as const
  return [
    {
      ...common,
      method: 'GET',
      operationId: 'listAccounts',
      summary: 'Who can sign in, and who has signed in by a provider',
      description: 'An administrator sees those that have rights in their tenants alone.',
      answers: {
        200: {
          description: 'The accounts.',
          schema: Type.Object({ accounts: Type.Array(accountSchema) }),
        },
      },
      handle: (request) => ({ accounts: accountsOf(request).list() }),
    },
    {
      ...common,
      method: 'POST',
      operationId: 'createAccount',
      summary: 'A new account, and the link by which its owner chooses a password',
      description:
        'The link is told once, works once, and for three days; hand it over yourself, nothing is mailed. Noted in the audit log.',
      body: { ...accountBody },
      answers: {
        201: {
          description: 'The account.',
          schema: Type.Object({ account: accountSchema, link: linkSchema }),
        },
      },
      handle: async (request, reply) => {
        const wish = request.body as Static<typeof accountBody>
        const { account, link } = done(await accountsOf(request).create(wish, actorOf(request)))
        return reply.code(201).send({ account, link: showLink(link) })
      },
    },
  ]
}

function oneAccount(accountsOf: Seen<OthersAccounts>): readonly Route[] {
  const common = {
    path: '/accounts/:id',
    scope: 'admin',
    about: 'tenant',
    params: { ...accountParams },
    answers: { 200: { description: 'The account.', schema: accountSchema } },
  } as const
  const id = (request: FastifyRequest) => (request.params as Params).id
  return [
    {
      ...{ ...common, method: 'GET', operationId: 'readAccount', summary: 'One account' },
      handle: (request) => done(accountsOf(request).get(id(request))),
    },
    {
      ...{ ...common, method: 'PUT', operationId: 'changeAccount', body: { ...accountChange } },
      summary: 'Other rights, or another display name',
      description:
        'Other rights end all sessions of the account, and the link for choosing a password. Noted in the audit log.',
      handle: async (request) => {
        const wish = request.body as Static<typeof accountChange>
        return done(await accountsOf(request).change(id(request), wish, actorOf(request)))
      },
    },
    {
      ...{ ...common, method: 'DELETE', operationId: 'deleteAccount' },
      summary: 'Delete an account',
      description: 'Not the last operator. Its sessions end. Noted in the audit log.',
      handle: async (request) => done(await accountsOf(request).remove(id(request), actorOf(request))),
    },
    {
      ...{ ...common, path: '/accounts/:id/link', method: 'POST', operationId: 'linkAccount' },
      summary: 'A new link for choosing a password',
      description: 'The link before it is void. Noted in the audit log.',
      answers: { 200: { description: 'The link, told once.', schema: linkSchema } },
      handle: async (request) =>
        showLink(done(await accountsOf(request).link(id(request), actorOf(request)))),
    },
    {
      ...{ ...common, path: '/accounts/:id/sessions', method: 'DELETE', operationId: 'endSessions' },
      summary: 'Sign an account out everywhere',
      description: 'Noted in the audit log.',
      handle: async (request) => done(await accountsOf(request).endSessions(id(request), actorOf(request))),
    },
  ]
}
