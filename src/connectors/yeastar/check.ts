import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { Api, asFailure } from './api.ts'
import type { Settings } from './config.ts'
import { listExtensions } from './extensions.ts'
import { openLink } from './link.ts'
import { readAllCalls } from './read-calls.ts'
import { shareSignIn } from './sign-in.ts'
import { readSystem } from './system.ts'

const ok = (text: string): Finding => ({ level: 'ok', text })

/** Signs in, looks at firmware, extensions, calls and events, and gives the token back. Never throws. */
export async function checkPbx(settings: Settings, context: ConnectorContext): Promise<readonly Finding[]> {
  const api = new Api(settings, context, shareSignIn(settings, context))
  api.signIn.join()
  try {
    const { model = 'a model that is not told', firmware = 'not told' } = await readSystem(api)
    return [
      ok(`Signed in at ${new URL(settings.url).host}: ${model}, firmware ${firmware}.`),
      await extensionFinding(api),
      await callFinding(api),
      await eventFinding(settings, context, api),
      syncFinding(context.teamsSync),
    ]
  } catch (error) {
    return [findingOf(error)]
  } finally {
    api.close()
    await api.signIn.leave()
  }
}

function findingOf(error: unknown): Finding {
  const failure =
    error instanceof ConnectorFailure
      ? error
      : new ConnectorFailure('unexpected', 'The PBX could not be examined.', { cause: error })
  const { message, fix = 'Look at the network between this machine and the PBX, and try again.' } = failure
  return { level: 'error', text: message, fix }
}

async function extensionFinding(api: Api): Promise<Finding> {
  const listed = await listExtensions(api)
  if (listed.kind !== 'ok') return findingOf(asFailure(listed, 'extensions'))
  const { extensions } = listed
  const withMail = extensions.filter(({ mails }) => mails.length > 0).length
  if (extensions.length > 0) {
    return ok(`${extensions.length} extensions, ${withMail} of them with a mail address.`)
  }
  return { level: 'error', text: 'The PBX has no extensions.', fix: 'Add extensions, or correct url.' }
}

async function callFinding(api: Api): Promise<Finding> {
  const read = await readAllCalls(api)
  return read.kind === 'ok' ? ok('Calls can be read.') : findingOf(asFailure(read, 'calls'))
}

async function eventFinding(settings: Settings, context: ConnectorContext, api: Api): Promise<Finding> {
  if (settings.events === 'webhook') return webhookFinding(settings, context)
  try {
    const line = await openLink({ settings, context, api, heard() {} }, context.signal)
    line.close()
    await line.closed
  } catch (error) {
    return findingOf(error)
  }
  return {
    level: 'info',
    text: 'The PBX tells of events by WebSocket; of which extensions cannot be asked.',
    fix: 'Tick every extension at Integrations > API, under Call Status Monitor and Presence Status Monitor.',
  }
}

function webhookFinding({ webhookSecret }: Settings, context: ConnectorContext): Finding {
  const callback = context.callbackUrl()
  if (webhookSecret === undefined) {
    return {
      level: 'error',
      text: 'Webhooks are wanted, and their secret is not set.',
      fix: 'Copy it from Integrations > API > Webhook Event Push into webhookSecret.',
    }
  }
  return ok(
    callback === undefined
      ? 'Webhooks are signed; their address is known once the hub runs.'
      : `Webhooks are signed; the PBX has to send them by POST to ${callback}.`,
  )
}

/** No field of the API tells whether it is on: the administrator has to look. */
function syncFinding(teamsSync: ConnectorContext['teamsSync']): Finding {
  const where = 'Integrations > Collaboration, and Features > Teams presence of each extension'
  return {
    level: 'info',
    text: 'Whether the PBX syncs presence with Teams by itself is not told by its API.',
    fix:
      teamsSync === 'vendor'
        ? `It has to be on: ${where}.`
        : `It has to be off: ${where}. Or set "teamsSync: vendor" at this connector.`,
  }
}
