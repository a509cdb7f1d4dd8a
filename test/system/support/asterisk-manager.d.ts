/** What tests use of asterisk-manager, which has no types of its own. */
declare module 'asterisk-manager' {
  type Message = Readonly<Record<string, string>>
  interface Manager {
    on(event: string, listener: (message: Message) => void): void
    once(event: string, listener: (message: Message) => void): void
    /** `error` is the answer of an action that was refused. */
    action(
      action: Readonly<Record<string, string>>,
      answered: (error: Message | undefined, answer: Message) => void,
    ): void
    connect(port: number, host: string, connected: () => void): void
    login(answered: (error: Message | undefined) => void): void
    disconnect(): void
  }
  const create: new (
    port: number,
    host: string,
    username: string,
    password: string,
    events: boolean,
  ) => Manager
  export default create
}
