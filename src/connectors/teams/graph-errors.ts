/** What a refusal by Graph means: matched by status and, where given, error code or a word of the message. */
export interface GraphAdvice {
  readonly status: number
  readonly code?: RegExp
  readonly message?: RegExp
  readonly text: string
  readonly fix: string
}

/**
 * First match counts. Sources: learn.microsoft.com/graph/errors, the presence pages of the API reference, and refusals
 * reported by developers (docs/errors-microsoft.md names each). `{need}` is the permission that the call needs.
 */
export const graphAdvice: readonly GraphAdvice[] = [
  {
    status: 400,
    message: /expirationduration/i,
    text: 'Graph did not accept the length of the state.',
    fix: 'Sessions may last from 5 minutes to 4 hours; set callLife within 600 to 900 seconds.',
  },
  {
    status: 400,
    message: /availability|activity|presence/i,
    text: 'Graph did not accept this pair of availability and activity.',
    fix: 'Choose another target state in the table of the link; docs/connectors/teams.md lists those that Teams accepts.',
  },
  {
    status: 400,
    text: 'Graph did not understand the request.',
    fix: 'Check graphUrl and that the person still exists in Microsoft Entra; if both are right, report this with the request id.',
  },
  {
    status: 401,
    code: /ServiceError/i,
    text: 'The presence service did not accept the token; new tenants and people without a Teams licence have shown this.',
    fix: 'Check that the person has a Teams licence, and try again in an hour.',
  },
  {
    status: 401,
    text: 'Graph did not accept the token.',
    fix: 'Check that cloud and graphUrl belong to the same cloud as loginUrl, and that the app was not disabled in the tenant.',
  },
  {
    status: 403,
    code: /Authorization_RequestDenied|Forbidden|AccessDenied|^$/i,
    text: 'App {app} lacks a permission for this: {need}.',
    fix: 'Add the application permission {need} of Microsoft Graph to the app registration and choose "Grant admin consent"; it can take some minutes to work.',
  },
  {
    status: 403,
    text: 'Graph refuses this to app {app}; usually the permission {need} is missing or the person has no Teams licence.',
    fix: 'Grant the application permission {need} with admin consent and check the licence of the person.',
  },
  {
    status: 404,
    text: 'Graph does not know this person.',
    fix: 'Check that the person still exists in tenant {tenant} and has a Teams licence.',
  },
  {
    status: 409,
    text: 'Graph reports a conflict with something that already exists.',
    fix: 'Check that no other program uses the same app registration for presence.',
  },
  {
    status: 429,
    text: 'Graph asks for fewer requests.',
    fix: 'Nothing needs to be done; if it happens often, lower requestsPer30s or use an app registration of its own for Hookswitch.',
  },
]
