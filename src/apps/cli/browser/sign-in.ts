import { ConnectorFailure } from '../../../core/connector.ts'
import { type Command, textOf } from '../command.ts'
import { CliError, exitCodes } from '../exit-codes.ts'
import { hubOptions, tokenHelp } from '../hub-client.ts'
import { fileOrStoreOptions } from '../stored.ts'
import { awaitCode, createTrip, readRedirect } from './loopback.ts'
import { findSignIn } from './place.ts'

const usualRedirect = 'http://localhost:8422/callback'

/** What a connector says, as the end of the command. */
async function inWords<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ConnectorFailure)) throw error
    const { kind, message, fix } = error
    const exit = kind === 'not-ready' || kind === 'rate-limited' ? 'unavailable' : 'findings'
    throw new CliError(exit, fix === undefined ? message : `${message} ${fix}`, { cause: error })
  }
}

export const connectorSignIn: Command = {
  name: 'connectors sign-in',
  summary: 'Sign in at a system in the browser for a connector, and keep what that gives.',
  positional: { name: 'CONNECTOR', description: 'Id of the connector, such as crm.', required: true },
  options: {
    ...fileOrStoreOptions,
    url: {
      ...hubOptions.url!,
      description: 'The hub to ask (default: the one that has the data directory open).',
    },
    tenant: { type: 'string', value: 'ID', description: 'The tenant, where several have such a connector.' },
    redirect: {
      type: 'string',
      value: 'URL',
      description: `The callback URL that the app at the system has, on this machine (default: ${usualRedirect}).`,
    },
    out: {
      type: 'string',
      value: 'FILE',
      description: 'With a file: keep the secret in a new file that only you may read.',
    },
  },
  details: `For systems where the hub's account signs in by an authorization code with PKCE; that is Salesforce. Prints an
address to open in a browser on this machine, as the account that the hub is to have, and waits up to 15 minutes for it to
come back. In a stored configuration the secret is sealed, and the running hub has it at once; for a file the line to
write is printed. ${tokenHelp}`,
  async run(parsed, io) {
    const redirect = readRedirect(textOf(parsed, 'redirect') ?? usualRedirect)
    const redirectUri = textOf(parsed, 'redirect') ?? usualRedirect
    const at = await findSignIn(parsed, io)
    const { state, verifier, challenge } = createTrip()
    const page = await inWords(() => at.signIn.page(at.settings, { redirectUri, state, challenge }))
    const abort = new AbortController()
    void io.interrupted().then(() => abort.abort())
    const listening = () =>
      io.err(
        `Open this address in a browser on this machine, and sign in as the hub's own account:\n\n${page}\n\n`,
      )
    const code = await awaitCode(redirect, { state, listening, signal: abort.signal })
    io.out(await inWords(() => at.finish({ redirectUri, code, verifier })))
    return exitCodes.ok.code
  },
}
