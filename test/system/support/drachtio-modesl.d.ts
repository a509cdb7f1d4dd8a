/** What tests use of drachtio-modesl, which has no types of its own. */
declare module 'drachtio-modesl' {
  export class Event {
    constructor(type: string, subclass?: string)
    addHeader(name: string, value: string): void
    getHeader(name: string): string | null
    getBody(): string
  }
  export class Connection {
    constructor(host: string, port: number, password: string, ready?: () => void)
    on(event: string, listener: (event: Event) => void): void
    api(command: string, args: string, answered: (answer: Event) => void): void
    bgapi(command: string, args: string, done: (result: Event) => void): void
    events(format: 'plain' | 'json', names: readonly string[], answered: (answer: Event) => void): void
    show(
      item: string,
      format: 'json',
      answered: (error: Error | null, list: { rows: unknown[] }) => void,
    ): void
    sendEvent(event: Event, answered: (answer: Event) => void): void
    disconnect(): void
  }
}
