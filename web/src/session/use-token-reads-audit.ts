import { ask } from '../live/http.ts'
import { useAnswer } from '../live/use-answer.ts'

/** Whether the API token in use may read the audit log of `tenant`: only the hub knows a token's scopes, so it is asked. */
export function useTokenReadsAudit(tenant: string | undefined): boolean {
  const { value } = useAnswer(tenant ?? '', async (signal) => {
    if (tenant === undefined) return false
    await ask(`/api/v1/audit?limit=1&tenant=${encodeURIComponent(tenant)}`, { signal })
    return true
  })
  return value ?? false
}
