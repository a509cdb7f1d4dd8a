import { pageAddress } from '../frame/route.ts'

/** `#/connectors?add=3cx&tenant=contoso`; without a type the catalogue. */
export function addAddress(tenant?: string, type = ''): string {
  const query = new URLSearchParams({ add: type, ...(tenant !== undefined && { tenant }) })
  return `${pageAddress('connectors')}?${query}`
}

/** The same, and back to the set-up after it. */
export function fromSetUp(address: string): string {
  return `${address}&back=set-up`
}

/** One connector, to be changed. */
export function connectorAddress(tenant: string, id: string): string {
  return pageAddress('connectors', tenant, id)
}

/** The way to Microsoft 365 of a tenant. */
export function microsoftAddress(tenant: string): string {
  return `${pageAddress('connectors')}?${new URLSearchParams({ microsoft: tenant })}`
}
