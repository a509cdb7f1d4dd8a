/** How this FreeSWITCH is set up; a test changes it while it runs. */
export interface SwitchSettings {
  version: string
  password: string
  /** Whether apply-inbound-acl admits this machine. */
  admitted: boolean
  /** Commands whose module is not loaded, for example `db`. */
  missing: readonly string[]
  sipProfiles: readonly string[]
  /** Whether the dialplan fires `hookswitch::dnd` when somebody dials the code. */
  announce: boolean
  /** FusionPBX: the hook of PHONE_FEATURE_SUBSCRIBE in lua.conf.xml. */
  featureHook: boolean
  /** Events are lost on their way; commands are answered. */
  mute: boolean
  /** A Channel-Call-State that nobody has described, as a later version might send it. */
  callState: string | undefined
}

export const defaultSettings: Readonly<SwitchSettings> = {
  version: '1.10.12-release',
  password: 'lab-secret',
  admitted: true,
  missing: [],
  sipProfiles: ['internal', 'external'],
  announce: true,
  featureHook: true,
  mute: false,
  callState: undefined,
}
