import type { ConnectorContext } from '../../core/connector.ts'

/** Who is connected, for a check inside the running hub. */
export interface Roll {
  connected: readonly { readonly id: string; readonly program: string | undefined }[]
}

export function rollOf(context: Pick<ConnectorContext, 'tenant' | 'connector' | 'shared'>): Roll {
  return context.shared<Roll>(`agent roll ${context.tenant} ${context.connector}`, () => ({ connected: [] }))
}
