import { pageAddress } from '../frame/route.ts'

/** The set-up of a tenant; of one that is still to be named where none is given. */
export function setUpAddress(tenant?: string): string {
  return `${pageAddress('set-up')}?${tenant === undefined ? 'new' : new URLSearchParams({ tenant })}`
}
