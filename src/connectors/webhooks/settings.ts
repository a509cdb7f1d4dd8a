import { ConnectorFailure } from '../../core/connector.ts'
import { type Presence, parsePresence } from '../../core/presence.ts'
import { parseBaseUrl } from '../kit/base-url.ts'
import type { WebhookConfig } from './config.ts'
import { statesOf, type Vocabulary, vocabularyOf } from './words.ts'

/** Where in a body each thing stands, as JSON pointers. */
export interface Places {
  readonly items: string | undefined
  readonly person: string
  readonly state: string
  readonly seconds: string
  readonly order: string | undefined
}

export interface Target {
  readonly url: string
  readonly secrets: readonly string[]
}

/** The configuration with its defaults filled in. */
export interface Settings {
  readonly secrets: readonly string[]
  readonly proof: 'signature' | 'header'
  readonly secretHeader: string
  readonly places: Places
  readonly vocabulary: Vocabulary
  readonly seconds: number
  readonly longestSeconds: number
  readonly wrapUp:
    | { readonly after: ReadonlySet<string>; readonly state: string; readonly seconds: number }
    | undefined
  /** A failure where the configuration is wrong in a way that no schema sees. */
  readonly target: Target | ConnectorFailure | undefined
  readonly targetStates: readonly Presence[]
  readonly targetSeconds: number
}

const usualTargetStates = [
  'doNotDisturb/doNotDisturb',
  'busy/inACall',
  'busy/inAMeeting',
  'busy/busy',
  'beRightBack/beRightBack',
  'away/away',
]

export function settingsOf(config: WebhookConfig): Settings {
  const { wrapUp } = config
  return {
    secrets: config.secrets ?? [],
    proof: config.proof ?? 'signature',
    secretHeader: (config.secretHeader ?? 'x-hookswitch-secret').toLowerCase(),
    places: {
      items: config.itemsAt,
      person: config.personAt ?? '/person',
      state: config.stateAt ?? '/state',
      seconds: config.secondsAt ?? '/seconds',
      order: config.orderAt,
    },
    vocabulary: vocabularyOf(config.states),
    seconds: config.seconds ?? 3600,
    longestSeconds: config.longestSeconds ?? 86_400,
    wrapUp: wrapUp && {
      after: new Set(wrapUp.after ?? ['busy/inACall', 'busy/inAConferenceCall']),
      state: wrapUp.state ?? 'busy/busy',
      seconds: wrapUp.seconds,
    },
    target: targetOf(config),
    targetStates: config.targetUrl === undefined ? [] : statesOf(config.targetStates ?? usualTargetStates),
    targetSeconds: config.targetSeconds ?? 0,
  }
}

function targetOf({ targetUrl, targetSecrets }: WebhookConfig): Settings['target'] {
  if (targetUrl === undefined) return undefined
  if (!targetSecrets) {
    return new ConnectorFailure('misconfigured', 'targetSecrets is missing.', {
      fix: 'Give a secret that the target knows as well: what is sent there is signed with it.',
    })
  }
  try {
    // A query is part of many such addresses; the rest is held to the same rules as every other.
    const [address = '', query] = targetUrl.split('?', 2)
    const base = parseBaseUrl(address, 'targetUrl')
    return { url: query === undefined ? base : `${base}?${query}`, secrets: targetSecrets }
  } catch (error) {
    return error as ConnectorFailure
  }
}

/** The pair that a name of the configuration stands for. */
export function stateOf(name: string): Presence {
  return parsePresence(name)!
}
