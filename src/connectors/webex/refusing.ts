import { ConnectorFailure, type ConnectorInstance } from '../../core/connector.ts'

/** In the place of an instance whose configuration cannot be used. */
export function refusingInstance(failure: ConnectorFailure): ConnectorInstance {
  return {
    start: () => Promise.reject(failure),
    stop: () => Promise.resolve(),
    follow: () => {},
    resync: () => {},
    publish: async () => ({ kind: 'rejected', reason: failure.message }),
  }
}

export function asFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  return new ConnectorFailure('misconfigured', 'The configuration of the Webex connector cannot be used.', {
    cause: error,
  })
}
