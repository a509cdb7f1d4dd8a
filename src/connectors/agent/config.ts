import Type, { type Static } from 'typebox'
import { ConnectorFailure } from '../../core/connector.ts'
import { IN_A_CALL, isSelectable, type Presence, parsePresence, samePresence } from '../../core/presence.ts'

const agentSchema = Type.Object(
  {
    id: Type.String({
      title: 'Name',
      description: 'What the agent calls itself when it connects.',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
    }),
    token: Type.String({
      title: 'Token',
      description: 'What the agent signs in with: at least 20 characters, of its own, not a word.',
      minLength: 20,
      secret: true,
    }),
    addresses: Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
      title: 'Addresses',
      description: 'Whom it may speak for: extensions or names, `10*` for all that begin so, `*` for all.',
      minItems: 1,
    }),
    write: Type.Optional(
      Type.Boolean({
        title: 'May be written to',
        description: 'Whether the hub hands it what is to be set at its addresses.',
        default: true,
      }),
    ),
  },
  { additionalProperties: false },
)

/** One slice of the configuration: the agents of one phone system or site. */
export const configSchema = Type.Object(
  {
    agents: Type.Array(agentSchema, {
      title: 'Agents',
      description: 'Programs that may connect: one for a site, or one for each desktop.',
      minItems: 1,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference, as it stands in a configuration
      examples: [[{ id: 'site', token: '${env:AGENT_TOKEN}', addresses: ['*'] }]],
    }),
    writes: Type.Optional(
      Type.Union([Type.Literal('dnd'), Type.Literal('presence'), Type.Literal('nothing')], {
        title: 'What is written',
        description:
          '`dnd`: do not disturb of a phone. `presence`: a state of a program that has several. `nothing`: agents are only listened to.',
        default: 'dnd',
      }),
    ),
    presenceStates: Type.Optional(
      Type.Array(Type.String(), {
        title: 'States written',
        description:
          'With `writes: presence`: what agents can set. Without available/available a state of ours is only taken back; with it, Available is set over what a person picked there, too.',
        minItems: 1,
        default: ['doNotDisturb/doNotDisturb', 'away/away'],
      }),
    ),
    heartbeatSeconds: Type.Optional(
      Type.Integer({
        title: 'Heartbeat',
        description:
          'Agents say that often that they are there, in seconds; silent for three of them, one is lost.',
        minimum: 2,
        maximum: 300,
        default: 15,
      }),
    ),
    answerSeconds: Type.Optional(
      Type.Integer({
        title: 'Patience',
        description: 'Seconds until a write that an agent has not answered counts as failed.',
        minimum: 1,
        maximum: 60,
        default: 10,
      }),
    ),
  },
  { additionalProperties: false },
)

export type AgentConfig = Static<typeof configSchema>
export type AgentEntry = AgentConfig['agents'][number]

/** The configuration with its defaults filled in. */
export interface Settings {
  readonly agents: readonly AgentEntry[]
  readonly writes: 'dnd' | 'presence' | 'nothing'
  readonly presenceStates: readonly Presence[]
  readonly heartbeatMs: number
  readonly leaseMs: number
  readonly answerMs: number
}

function readState(text: string): Presence {
  const state = parsePresence(text)
  if (state && (isSelectable(state) || samePresence(state, IN_A_CALL))) return state
  throw new ConnectorFailure('misconfigured', `presenceStates: "${text}" is no state that can be set.`, {
    fix: 'Name states that a person can pick, such as doNotDisturb/doNotDisturb, away/away, busy/busy, available/available, or busy/inACall.',
  })
}

function findTwice(words: readonly string[]): string | undefined {
  return words.find((word, index) => words.indexOf(word) !== index)
}

/** Throws ConnectorFailure where the schema cannot tell that something is wrong. */
export function settingsOf(config: AgentConfig): Settings {
  const { agents, writes = 'dnd', heartbeatSeconds = 15, answerSeconds = 10 } = config
  const { presenceStates = ['doNotDisturb/doNotDisturb', 'away/away'] } = config
  const twice = findTwice(agents.map(({ id }) => id))
  if (twice !== undefined) {
    throw new ConnectorFailure('misconfigured', `Two agents are named "${twice}".`, {
      fix: 'Give each agent a name of its own under agents[].id.',
    })
  }
  if (findTwice(agents.map(({ token }) => token)) !== undefined) {
    throw new ConnectorFailure('misconfigured', 'Two agents have the same token.', {
      fix: 'Give each agent a token of its own: a token says who is speaking.',
    })
  }
  return {
    agents,
    writes,
    presenceStates: presenceStates.map(readState),
    heartbeatMs: heartbeatSeconds * 1000,
    leaseMs: heartbeatSeconds * 3000,
    answerMs: answerSeconds * 1000,
  }
}
