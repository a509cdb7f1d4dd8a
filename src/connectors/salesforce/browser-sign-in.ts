import type { BrowserSignIn } from '../../core/browser-sign-in.ts'
import { ConnectorFailure } from '../../core/connector.ts'
import { parseBaseUrl } from '../kit/base-url.ts'
import { fieldsOf, readJson, textOf } from '../kit/http.ts'
import { type SalesforceConfig, usualLoginUrl } from './config.ts'
import { askForToken } from './sign-in.ts'

const loginOf = ({ loginUrl }: SalesforceConfig) => parseBaseUrl(loginUrl ?? usualLoginUrl, 'loginUrl')

const fix =
  'Check clientId, clientSecret and the callback URL of the app, and sign in again within the 15 minutes that a code is good for.'

/**
 * The web-server flow with PKCE (help.salesforce.com, "OAuth 2.0 Web Server Flow for Web App Integration"): the refresh
 * token of whoever signs in, which should be the integration user.
 */
export const browserSignIn: BrowserSignIn<SalesforceConfig> = {
  gives: 'refreshToken',
  replaces: ['username', 'privateKey'],
  page(config, { redirectUri, state, challenge }) {
    const page = new URL(`${loginOf(config)}/services/oauth2/authorize`)
    const query = {
      ...{ response_type: 'code', client_id: config.clientId, redirect_uri: redirectUri },
      ...{ scope: 'api refresh_token', state, code_challenge: challenge, code_challenge_method: 'S256' },
      // An administrator who is signed in to the browser is not the integration user.
      prompt: 'login consent',
    }
    for (const [name, value] of Object.entries(query)) page.searchParams.set(name, value)
    return page.href
  },
  async redeem(config, { redirectUri, code, verifier }, context) {
    const loginUrl = loginOf(config)
    const { clientId, clientSecret } = config
    const form = new URLSearchParams({
      ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: clientId },
      ...(clientSecret !== undefined && { client_secret: clientSecret }),
      code_verifier: verifier,
    })
    const answer = fieldsOf(readJson(await askForToken({ loginUrl, form, fix }, context)))
    const refreshToken = textOf(answer.refresh_token)
    if (refreshToken !== undefined) return refreshToken
    throw new ConnectorFailure('misconfigured', 'The sign-in gave no refresh token.', {
      fix: 'Give the app the scope "Perform requests at any time (refresh_token, offline_access)", and sign in again.',
    })
  },
}
