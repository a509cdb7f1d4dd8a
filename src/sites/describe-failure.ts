const notTrusted = 'NODE_EXTRA_CA_CERTS=FILE names an authority of your own'

/** Why a hub could not be reached, in words that follow "it" or the name of the hub. */
export function describeFailure(error: Error): string {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return 'the connection was refused'
  if (/ENOTFOUND|EAI_AGAIN/.test(code)) return 'the name of the hub could not be resolved'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const { cert } = error as { cert?: { readonly subjectaltname?: string } }
    return `its TLS certificate is for another name (${(cert?.subjectaltname ?? 'none').slice(0, 200)})`
  }
  if (code === 'CERT_HAS_EXPIRED') return 'its TLS certificate has expired'
  if (code === 'CERT_NOT_YET_VALID') return 'its TLS certificate is not valid yet: look at the clock here'
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') {
    return `its TLS certificate is signed by itself; ${notTrusted}`
  }
  if (/CERT|UNABLE_TO_VERIFY|SELF_SIGNED/.test(code)) {
    return `its TLS certificate was issued by an authority that is not trusted here (${code}); ${notTrusted}`
  }
  if (/SSL|EPROTO/.test(code)) return `it does not speak TLS (${code})`
  return `it could not be connected${code === '' ? `: ${error.message}` : ` (${code})`}`
}
