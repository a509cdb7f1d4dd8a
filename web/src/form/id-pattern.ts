/** Ids that people give, as the schema of the configuration has them. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/
