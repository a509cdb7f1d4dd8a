import { StoreFailure, type StoreFailureKind } from '../../store/failure.ts'

/** What whoever asks is told; where the store is and why it fails is for the log. */
const reasons: Partial<Record<StoreFailureKind, string>> = {
  away: 'This hub cannot see the database now. Ask again in a moment.',
  'read-only': 'The database of this hub takes nothing now. Ask again in a moment.',
  'disk-full': 'The store of this hub has no room left: nothing can be stored until there is some.',
  closed: 'This hub is stopping or starting anew. Ask again in a moment.',
  fenced: 'This hub is stopping or starting anew. Ask again in a moment.',
}

/** Why the same request may succeed later; undefined where that cannot be said. */
export function whyUnavailable(error: unknown): string | undefined {
  return error instanceof StoreFailure ? reasons[error.kind] : undefined
}
