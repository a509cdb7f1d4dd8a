/** Words of the settings of the hub itself, as forms. */
export const englishHubParts = {
  tab: 'Hub',
  part: 'Part of the hub',
  parts: {
    http: 'HTTP: where the board and the API are',
    network: 'Network: whom the hub may connect to',
    signIn: 'Sign-in: providers',
    log: 'Log',
    alerts: 'Alerts, mail and quiet hours',
    applications: 'Applications of the operator',
  },
  restart: 'What is saved here counts from the next start of the hub on.',
  atOnce: 'What is saved here counts at once.',
  atStart: 'What the hub was given at its start (--host, --port) stands above this.',
  save: 'Save',
  saveForLater: 'Save for the next start',
  saved: 'Saved.',
  savedForLater: 'Saved. The hub goes on as before until it is started again.',
  unchanged: 'Nothing was changed.',
  defaults: 'Take this part out',
  defaultsTitle: 'Take this part out of the configuration?',
  defaultsText: 'Its defaults count then. An earlier version brings it back.',
}
