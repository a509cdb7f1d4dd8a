import { ConnectorFailure, type WriteAs } from '../../core/connector.ts'
import type { HttpPort } from '../kit/http.ts'
import type { Settings } from './settings.ts'
import { type Token, TokenSource } from './tokens.ts'

/** The settings as they are for the application that writes, where that is another one than reads. */
export function writerSettings(settings: Settings): Settings | undefined {
  return settings.writer && { ...settings, ...settings.writer, writer: undefined }
}

/** An application that only writes: its own client id, so that sessions are its own, and its own tokens. */
export class Writer {
  readonly subject: Settings
  readonly #tokens: TokenSource

  constructor(settings: Settings, port: HttpPort) {
    this.subject = settings
    this.#tokens = new TokenSource(settings, port)
  }

  /** Throws ConnectorFailure. */
  token(): Promise<Token> {
    return this.#tokens.get()
  }

  readonly writeAs: WriteAs = async (_address, again) => {
    if (again) this.#tokens.discard(again.refused)
    try {
      return { token: (await this.#tokens.get()).value }
    } catch (error) {
      const failure = error instanceof ConnectorFailure ? error : undefined
      return {
        refused: failure?.message ?? 'The sign-in of the application that writes failed.',
        fix: failure?.fix ?? 'See the log.',
        retryAfterMs: failure?.retryAfterMs ?? 60_000,
      }
    }
  }
}
