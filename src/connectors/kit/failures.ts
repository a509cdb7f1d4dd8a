import { ConnectorFailure, type FailureKind } from '../../core/connector.ts'

/** An operator has to mend it (credentials, settings). Asking often would only fill a log, or lock an account. */
export function needsOperator({ kind }: { readonly kind: FailureKind }): boolean {
  return kind === 'auth-failed' || kind === 'misconfigured'
}

/** Whatever went wrong with a connection, as the hub is told. `system`: who did not answer, as a sentence begins. */
export function asNotReady(error: unknown, system: string): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  const text = error instanceof Error ? error.message : String(error)
  return new ConnectorFailure('not-ready', `${system} did not answer as it should: ${text}`, { cause: error })
}
