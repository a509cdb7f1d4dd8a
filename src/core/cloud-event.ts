/** An event in the JSON format of CloudEvents 1.0 (github.com/cloudevents/spec, json-format). */
export interface CloudEvent {
  readonly specversion: '1.0'
  readonly id: string
  /** With `id` unique: `/hookswitch/contoso`. */
  readonly source: string
  readonly type: string
  /** Whom it is about. */
  readonly subject?: string
  /** RFC 3339. */
  readonly time: string
  /** Extension `sequence`: compares as text within one source. */
  readonly sequence?: string
  readonly datacontenttype: 'application/json'
  readonly data: unknown
}

/** Media type of one such event as a body. */
export const cloudEventType = 'application/cloudevents+json; charset=utf-8'

/** Where events of a tenant come from. */
export function eventSource(tenant: string, connector?: string): string {
  const parts = ['hookswitch', tenant, ...(connector === undefined ? [] : [connector])]
  return `/${parts.map(encodeURIComponent).join('/')}`
}

/** Fills in what is the same in each. */
export function cloudEvent(about: Omit<CloudEvent, 'specversion' | 'datacontenttype'>): CloudEvent {
  return { specversion: '1.0', datacontenttype: 'application/json', ...about }
}
