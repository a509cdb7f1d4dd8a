/**
 * Hosts of Teams in whose frames the tab may stand, the clouds of the US government among them
 * (devblogs.microsoft.com/microsoft365dev, "upcoming domain changes": the new domain is cloud.microsoft). What runs in
 * the tab believes the same hosts: web/public/teams-hosts.json.
 */
export const frameHosts = [
  'teams.microsoft.com',
  '*.teams.microsoft.com',
  'teams.cloud.microsoft',
  '*.teams.cloud.microsoft',
  'teams.microsoft.us',
  '*.teams.microsoft.us',
] as const
