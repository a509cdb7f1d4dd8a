import type { ConnectorContext, Delivery, DeliveryAnswer } from '../../core/connector.ts'
import { fieldsOf, readJson, sendHttp, textOf } from '../kit/http.ts'
import type { Grants } from './grants.ts'
import type { Book, Person } from './people.ts'

interface ConsentParts {
  readonly grants: Grants
  readonly book: Book
  readonly context: ConnectorContext
  readonly url: string
  readonly secret: string
  granted(person: Person): void
}

/** `consent`: sends a person's browser to Webex. `granted`: where Webex sends it back with a code. */
export async function answerConsent(
  { path, query }: Pick<Delivery, 'path' | 'query'>,
  parts: ConsentParts,
): Promise<DeliveryAnswer> {
  const { grants, context, secret } = parts
  const redirectUri = `${context.callbackUrl()}/granted`
  if (path === 'consent') {
    return { status: 302, headers: { location: grants.consentPage(redirectUri, secret) } }
  }
  if (!grants.knowsState(query.state ?? '', secret)) {
    return say(400, 'This page was opened in a wrong way, or too late. Open the consent page again.')
  }
  const { code } = query
  if (code === undefined) return say(200, 'Nothing was changed: you did not agree.')
  try {
    const signed = await grants.redeem(code, redirectUri)
    const person = await whoIs(signed.access, parts)
    if (!person) return say(403, 'Your Webex account has no extension in the organization of this hub.')
    await grants.keep(person.id, signed)
    parts.granted(person)
    return say(
      200,
      'Thank you. Your calls in Webex are now told to the presence hub at once. You can close this page.',
    )
  } catch (error) {
    context.log.warn('a consent could not be taken', { reason: String(error) })
    return say(502, 'Webex did not confirm your consent. Open the consent page again later.')
  }
}

/** Who somebody is, Webex says and not the browser; only people of the organization count. */
async function whoIs(access: string, { book, context, url }: ConsentParts): Promise<Person | undefined> {
  const { fetch, clock, signal } = context
  const answer = await sendHttp(
    { fetch, clock, signal },
    {
      method: 'GET',
      url: `${url}/people/me`,
      headers: { authorization: `Bearer ${access}`, accept: 'application/json' },
      timeoutMs: 1_500,
    },
  )
  const id = textOf(fieldsOf(answer.kind === 'answer' ? readJson(answer.text) : undefined).id)
  return id === undefined ? undefined : book.find(id)
}

function say(status: number, text: string): DeliveryAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><meta charset="utf-8"><title>Hookswitch</title><p>${text}</p>`,
  }
}
