import Type from 'typebox'

/**
 * Fields of an extension that is listed in the configuration, because the system tells too little of it. `number` says
 * what the number is there.
 */
export const listedExtension = (number: string) => ({
  extension: Type.String({ title: 'Extension', description: number, minLength: 1 }),
  mail: Type.Optional(
    Type.String({ title: 'Mail address', description: 'Matches the extension to a person.' }),
  ),
  displayName: Type.Optional(
    Type.String({ title: 'Display name', description: 'Shown where a person is picked.' }),
  ),
  shared: Type.Optional(
    Type.Boolean({
      title: 'Shared phone',
      description: 'Several people use this phone (lobby, hot desk): not synced unless asked.',
      default: false,
    }),
  ),
})
