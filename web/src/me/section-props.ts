import type { SelfSubject } from '../../../src/core/self-port.ts'

/** What every part of one's own page is given. */
export interface SectionProps {
  readonly subject: SelfSubject
  /** Does it, says why not, and reads anew. */
  act(deed: Promise<unknown>): Promise<void>
}
