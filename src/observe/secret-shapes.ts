import { hidden } from './hidden-values.ts'

const words =
  'secret|password|passwd|passphrase|token|assertion|credential|api[_-]?key|private[_-]?key|authorization|cookie'

/** `token` and the like inside a longer name; what only describes a secret may be read. */
const sensitive = new RegExp(`${words}|^pwd$|^pass$|^pin$`, 'i')
const harmless =
  /(?:[_-]|(?<=[a-z])(?=[A-Z]))(?:[Tt]ype|[Uu]r[li]|[Ee]ndpoint|[Ee]xpir[a-z]*(?:_?[AaIi][tn])?|[Ll]ifetime|[Cc]ount|[Ll]ength|[Nn]ame)$/

/** True for a field whose value must not be shown, in any of the usual spellings: clientSecret, client_secret ... */
export function isSecretName(name: string): boolean {
  return sensitive.test(name) && !harmless.test(name)
}

/**
 * Texts that look like secrets, known to us or not: what other systems quote back in their errors. First column: the
 * shape; second: what stays.
 */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, hidden],
  // A JSON web token (RFC 7519): three parts, the first one always begins with {" in base64url.
  [/\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, hidden],
  [/\b(Bearer)\s+[\w.~+/=-]{16,}/gi, `$1 ${hidden}`],
  // user:password@ in a URL, and in a SIP address.
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@?#]{0,100}):[^\s/?#]{0,1000}@/gi, `$1:${hidden}@`],
  [/(\bsips?:[^\s:@;<>/]{0,100}):[^\s;<>/]{0,200}@/gi, `$1:${hidden}@`],
  // A header; the line end may be written out as \r\n.
  [/\b((?:proxy-)?authorization|(?:set-)?cookie)([ \t]*:[ \t]*).*?(?=\\[rn]|[\r\n]|$)/gi, `$1$2${hidden}`],
  // A line of AMI. Only at the start of a line: "the secret: expired" is prose.
  [
    /((?:^|[\r\n]|\\[rn])[ \t]*(?:secret|password|passwd|key))([ \t]*:[ \t]*)(?=\S).*?(?=\\[rn]|[\r\n]|$)/gi,
    `$1$2${hidden}`,
  ],
  // A form or a query; also name=value in a message.
  [new RegExp(`\\b([\\w.-]{0,40}(?:${words}))=[^\\s&;,"']+`, 'gi'), `$1=${hidden}`],
  // JSON, and JSON inside a JSON text.
  [
    new RegExp(`("[\\w.-]{0,40}(?:${words})"\\s*:\\s*)(?:"(?:\\\\.|[^"\\\\])*"?|[\\d.]+)`, 'gi'),
    `$1"${hidden}"`,
  ],
  [
    new RegExp(`(\\\\"[\\w.-]{0,40}(?:${words})\\\\"\\s*:\\s*\\\\")[\\s\\S]*?(?:\\\\"|$)`, 'gi'),
    `$1${hidden}\\"`,
  ],
]

const basic = /\b(Basic)\s+([A-Za-z0-9+/_-]{6,}={0,2})/gi

export function hideShapes(text: string): string {
  let result = text
  for (const [shape, stays] of shapes) result = result.replace(shape, stays)
  // "Basic authentication" is prose; user:password in base64 is not.
  return result.replace(basic, (all: string, scheme: string, encoded: string) =>
    Buffer.from(encoded, 'base64').includes(':') ? `${scheme} ${hidden}` : all,
  )
}
