import type { FastifyReply, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { CameBack, ConsentMode, ConsentPort, RoundTripEnd } from '../core/consent-port.ts'
import { awayCookie, readAwayCookie } from './away-cookie.ts'
import { originFor } from './oidc-routes.ts'
import { pairingCallback } from './own-consent-routes.ts'
import { languageOf, sendPage } from './result-page.ts'
import { apiPrefix, type Route } from './route.ts'
import { windowHeaders, windowPath } from './security-headers.ts'

export interface TripContext {
  readonly consent: ConsentPort
  readonly publicUrl: string | undefined
  readonly secure: boolean
}

/** Where the system sends a browser back from a consent, and from the sign-in that proves it. */
const consentCallback = `${apiPrefix}/consent/callback`

/** Everything that is to be registered of a hub that browsers reach at `origin`. */
export function redirectUrisOf(origin: string, mode: ConsentMode): readonly string[] {
  return mode === 'paired' ? [origin + pairingCallback] : []
}

const params = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 100, description: 'Of the link.' }),
})
const html = { mediaType: 'text/html', schema: { type: 'string' } } as const

const words = {
  en: {
    ask: 'Consent for Hookswitch',
    asked: (tenant: string) =>
      `You were asked to let Hookswitch keep presence in Microsoft Teams in step for \u201c${tenant}\u201d. Microsoft shows you what it asks for; only an administrator who may consent for the whole organisation can agree.`,
    rights: 'It asks for:',
    go: 'Continue at Microsoft',
    later: 'Nothing is switched on before whoever sent you this link has confirmed it.',
    done: 'Done',
    failed: 'This did not work',
    wait: 'Not just now',
    again: 'Try again',
    close: 'You can close this window.',
    back: 'Back to Hookswitch',
  },
  de: {
    ask: 'Zustimmung f\u00fcr Hookswitch',
    asked: (tenant: string) =>
      `Sie wurden gebeten, Hookswitch die Anwesenheit in Microsoft Teams f\u00fcr \u201e${tenant}\u201c abgleichen zu lassen. Microsoft zeigt Ihnen, worum es bittet; zustimmen kann nur, wer die ganze Organisation verwaltet.`,
    rights: 'Erbeten wird:',
    go: 'Weiter zu Microsoft',
    later: 'Eingeschaltet wird erst etwas, wenn best\u00e4tigt wurde, wer Ihnen den Link geschickt hat.',
    done: 'Erledigt',
    failed: 'Das hat nicht geklappt',
    wait: 'Gerade nicht',
    again: 'Noch einmal versuchen',
    close: 'Sie k\u00f6nnen dieses Fenster schlie\u00dfen.',
    back: 'Zur\u00fcck zu Hookswitch',
  },
} as const

/** The window that a page of Teams opened goes on to the page that tells it. */
function closeWindow(reply: FastifyReply, outcome: 'done' | 'refused'): FastifyReply {
  return reply.headers(windowHeaders).redirect(`${windowPath}#${outcome}`, 303)
}

/** Ways to the system and back: for browsers, and for whoever has the link. They prove themselves. */
export function createTripRoutes({ consent, publicUrl, secure }: TripContext): readonly Route[] {
  const codeOf = (request: FastifyRequest) => (request.params as Static<typeof params>).code
  const refuse = (request: FastifyRequest, reply: FastifyReply, refused: string) => {
    const language = languageOf(request)
    const { failed, close } = words[language]
    return sendPage(reply, { tone: 'bad', title: failed, text: [refused, close] }, { language, status: 409 })
  }
  const away = (reply: FastifyReply, sent: { url: string; kept: string; lifeMs: number }) => {
    reply.header('set-cookie', awayCookie(sent.kept, { secure, lifeMs: sent.lifeMs }))
    return reply.redirect(sent.url, 303)
  }
  const comeBack =
    (path: string, end: (came: CameBack) => Promise<RoundTripEnd>): Route['handle'] =>
    async (request, reply) => {
      const origin = originFor(request, publicUrl)
      if (typeof origin === 'object') return refuse(request, reply, origin.refused)
      const { searchParams: query } = new URL(request.url, origin)
      const kept = readAwayCookie(request.headers.cookie, secure)
      const ended = await end({ redirectUri: origin + path, query, kept })
      if ('next' in ended) return away(reply, ended.next)
      if (ended.again && 'refused' in ended) {
        const language = languageOf(request)
        const { wait, again } = words[language]
        const link = { href: request.url, words: again }
        return sendPage(
          reply,
          { tone: 'bad', title: wait, text: [ended.refused], link },
          { language, status: 503 },
        )
      }
      reply.header('set-cookie', awayCookie('', { secure, lifeMs: 0 }))
      if (ended.window) return closeWindow(reply, 'refused' in ended ? 'refused' : 'done')
      if ('refused' in ended) return refuse(request, reply, ended.refused)
      const language = languageOf(request)
      const { done, close, back } = words[language]
      const link = path === pairingCallback ? { link: { href: `${origin}/`, words: back } } : {}
      return sendPage(reply, { tone: 'good', title: done, text: [ended.done, close], ...link }, { language })
    }
  const about = { method: 'GET', scope: undefined } as const
  return [
    {
      ...{ ...about, path: '/consent/links/:code', operationId: 'openConsentLink', params: { ...params } },
      summary: 'The page of a consent link, for whoever was sent it',
      answers: {
        200: { description: 'A page.', ...html },
        409: { description: 'It works no more.', ...html },
      },
      handle: (request, reply) => {
        const opened = consent.openLink(codeOf(request))
        if ('refused' in opened) return refuse(request, reply, opened.refused)
        const language = languageOf(request)
        const { ask, asked, rights, go, later } = words[language]
        const list = opened.permissions.map(({ name, why }) => `${name}: ${why}`)
        const link = { href: `${codeOf(request)}/go`, words: go }
        return sendPage(
          reply,
          { tone: 'ask', title: ask, text: [asked(opened.tenant), later, rights], list, link },
          { language },
        )
      },
    },
    {
      ...{
        ...about,
        path: '/consent/links/:code/go',
        operationId: 'followConsentLink',
        params: { ...params },
      },
      summary: 'Go to Microsoft to consent',
      answers: { 303: { description: 'To Microsoft.' }, 409: { description: 'It works no more.', ...html } },
      handle: async (request, reply) => {
        const origin = originFor(request, publicUrl)
        if (typeof origin === 'object') return refuse(request, reply, origin.refused)
        const redirectUri = origin + consentCallback
        const sent = await consent.followLink({ code: codeOf(request), redirectUri })
        return 'refused' in sent ? refuse(request, reply, sent.refused) : away(reply, sent)
      },
    },
    {
      ...{ ...about, path: '/consent/callback', operationId: 'comeBackFromConsent' },
      summary: 'Come back from a consent',
      description: 'The redirect URI to register for the operator\u2019s application.',
      answers: {
        200: { description: 'A page.', ...html },
        409: { description: 'A page with why not.', ...html },
      },
      handle: comeBack(consentCallback, (came) => consent.endConsentTrip(came)),
    },
    {
      ...{ ...about, path: '/pairing/callback', operationId: 'comeBackFromPairing' },
      summary: 'Come back from signing in with one\u2019s own account',
      description: 'The redirect URI to register for pairing.',
      answers: {
        200: { description: 'A page.', ...html },
        409: { description: 'A page with why not.', ...html },
      },
      handle: comeBack(pairingCallback, (came) => consent.endPairingTrip(came)),
    },
  ]
}
