import type { ConnectorView, MatchProblem } from '../../../src/core/view.ts'

export const healthLabels: Record<ConnectorView['health']['state'], string> = {
  starting: 'starting',
  up: 'connected',
  degraded: 'trouble',
  down: 'not connected',
  stopped: 'stopped',
}

export const problemLabels: Record<MatchProblem['kind'], string> = {
  unmatched: 'No match',
  duplicate: 'More than one match',
  guest: 'Guest account',
  disabled: 'Account disabled',
  shared: 'Shared phone',
}
