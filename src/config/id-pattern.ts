/** Ids that people give: of tenants, connectors, webhooks, providers. */
export const idPattern = '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$'
