import { ConnectorFailure } from '../../core/connector.ts'

/** True for names and addresses that never leave this machine. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Checks the base address of an HTTP service as it stands in a configuration, and returns it without a slash at the
 * end. Plain HTTP carries credentials in clear, so it is accepted for loopback addresses only.
 */
export function parseBaseUrl(text: string, setting: string): string {
  const refuse = (what: string, fix: string) =>
    new ConnectorFailure('misconfigured', `${setting}: ${what}`, { fix })
  if (!URL.canParse(text)) {
    throw refuse('this is not an address.', `Write ${setting} as https://host or https://host:port.`)
  }
  const url = new URL(text)
  if (url.username || url.password || url.search || url.hash) {
    throw refuse(
      'an address must not carry a user name, a password or a query.',
      `Write ${setting} as https://host or https://host:port, and secrets in their own settings.`,
    )
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw refuse(
      `${url.protocol}//${url.hostname} would send credentials unencrypted.`,
      `Use https. Plain http is accepted for loopback addresses (127.0.0.1, localhost, [::1]) only.`,
    )
  }
  return url.href.replace(/\/+$/, '')
}
