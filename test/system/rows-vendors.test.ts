import { expectedRows } from './rows/fixture.ts'
import { describePhoneRows, withDoNotDisturbOnly } from './rows/phone-rows.ts'

/** Every row of a preset. */
const of = (preset: string) =>
  expectedRows.filter(({ presets }) => presets.includes(preset)).map((row) => ({ ...row, presets: [preset] }))

/** Where the vendor's page has a table, its preset at the real connector and its emulator. */
describePhoneRows('rows at Vodia', { pbx: 'vodia', rows: of('vodia') })
describePhoneRows('rows at NetSapiens', { pbx: 'netsapiens', rows: of('netsapiens') })
describePhoneRows('rows at Swyx', { pbx: 'swyx', rows: of('swyx') })
describePhoneRows('rows at Swyx beside a CRM', { pbx: 'swyx', rows: of('swyx-via-crm') })
describePhoneRows('rows of a CRM at Webex kept in step with Teams by the vendor', {
  pbx: 'webex-vendor',
  rows: of('webex'),
})

/** Where it has none, the default rules; a call in Teams is not to be set there. */
const byDefault = of('default').flatMap((row) => withDoNotDisturbOnly(row) ?? [])
describePhoneRows('rows at Yeastar', { pbx: 'yeastar', rows: byDefault })
describePhoneRows('rows at Webex', { pbx: 'webex', rows: byDefault })
