import { ConnectorFailure } from '../../core/connector.ts'
import { createBackoff } from '../kit/reconnect.ts'
import type { Sleeper } from '../kit/sleeper.ts'
import type { Follower } from './follower.ts'

interface RecoveryParts {
  readonly follower: Follower
  readonly sleeper: Sleeper
  /** Everything that a start does. Throws ConnectorFailure. */
  again(): Promise<void>
  report(): void
}

/** One look after the other, ever more rarely, until Webex answers; then everything anew. */
export async function recover({ follower, sleeper, again, report }: RecoveryParts): Promise<void> {
  const backoff = createBackoff({ firstMs: 1_000, ceilingMs: 30_000 })
  while (!sleeper.stopped && follower.lost) {
    report()
    await sleeper.sleep(backoff.next())
    if (sleeper.stopped || !(await follower.probe())) continue
    try {
      await again()
    } catch (error) {
      follower.lose(
        error instanceof ConnectorFailure
          ? error
          : new ConnectorFailure('unexpected', 'Webex cannot be read.', { cause: error }),
      )
    }
  }
  report()
}
