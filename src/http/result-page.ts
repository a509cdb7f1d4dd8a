import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A page that needs nothing but itself: for whoever comes from elsewhere and may have no account here. */
export interface ResultPage {
  readonly tone: 'good' | 'bad' | 'ask'
  readonly title: string
  /** Paragraphs. */
  readonly text: readonly string[]
  readonly list?: readonly string[]
  /** One link, relative or absolute. */
  readonly link?: { readonly href: string; readonly words: string }
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 "Segoe UI", system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText }
main { box-sizing: border-box; width: min(36rem, 100%); padding: 2rem 1.5rem }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 1rem }
h1 span { margin-right: .5rem }
p, ul { margin: 0 0 1rem }
li { margin-bottom: .5rem }
a.go { display: inline-block; padding: .5rem 1.25rem; border-radius: 4px; background: #0f548c; color: #fff; text-decoration: none }
a.go:focus-visible { outline: 3px solid CanvasText; outline-offset: 2px }
`
const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing but the style of this page is allowed. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const signs = { good: '\u2713', bad: '\u2717' } as const

/** German where the browser prefers it to English; English for everyone else. */
export function languageOf(request: FastifyRequest): 'en' | 'de' {
  const wanted = String(request.headers['accept-language'] ?? '').toLowerCase()
  const first = (word: string) => {
    const at = wanted.search(new RegExp(`(^|[,\\s])${word}\\b`))
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }
  return first('de') < first('en') ? 'de' : 'en'
}

export function sendPage(
  reply: FastifyReply,
  page: ResultPage,
  { language, status = 200 }: { readonly language: 'en' | 'de'; readonly status?: number },
): FastifyReply {
  const { tone, title, text, list, link } = page
  const parts = [
    `<h1>${tone === 'ask' ? '' : `<span aria-hidden="true">${signs[tone]}</span>`}${encode(title)}</h1>`,
    ...text.map((one) => `<p>${encode(one)}</p>`),
    ...(list ? [`<ul>${list.map((one) => `<li>${encode(one)}</li>`).join('')}</ul>`] : []),
    ...(link ? [`<p><a class="go" href="${encode(link.href)}">${encode(link.words)}</a></p>`] : []),
  ]
  return reply
    .code(status)
    .header('content-security-policy', contentSecurityPolicy)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${encode(title)}</title><style>${style}</style></head><body><main>${parts.join('')}</main></body></html>`,
    )
}

function encode(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
