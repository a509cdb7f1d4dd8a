/** Nothing can be sent or heard any more on this connection. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** A request got no final answer within its time (RFC 3261 timer F). */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** A request of a write that was not sent, not repeated or not waited for any longer: others may have the target by now. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp'
}

/** The server does not take our user name and password, or asks for a proof we cannot give. */
export class CredentialsRefused extends Error {
  override readonly name = 'CredentialsRefused'
  readonly fix: string

  constructor(message: string, fix: string) {
    super(message)
    this.fix = fix
  }
}
