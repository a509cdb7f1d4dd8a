/** How this PBX is set up, and what differs from build to build; a test changes them while it runs. */
export interface PbxSwitches {
  version: string
  /** The unit of a token's `expires_in`: minutes before build 20.0.9. */
  expiresIn: 'seconds' | 'minutes'
  tokenLifeMs: number
  productCode: string
  licenseActive: boolean
  /** What is ticked at the API client. */
  xapi: boolean
  callControl: boolean
  /** False: the role of the API client does not cover the users, which the PBX answers with 401. */
  role: boolean
  /** Extensions listed at the API client; undefined for all of them. */
  monitored: readonly string[] | undefined
  /** Some builds put the participant into the event. */
  attachData: boolean
  /** The PBX's own presence sync with Microsoft 365. */
  teamsSync: boolean
  /** Extensions of phones that whoever sits there signs in to. */
  hotDesks: readonly string[]
  /** Words beyond those that are known, as a later version might send them. */
  callStatus: string | undefined
}

export const defaultPbxSwitches: Readonly<PbxSwitches> = {
  version: '20.0.10.1042',
  expiresIn: 'seconds',
  tokenLifeMs: 3_600_000,
  productCode: '3CXENT',
  licenseActive: true,
  xapi: true,
  callControl: true,
  role: true,
  monitored: undefined,
  attachData: false,
  teamsSync: false,
  hotDesks: [],
  callStatus: undefined,
}
