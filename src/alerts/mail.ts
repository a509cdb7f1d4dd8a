import type { Transporter } from 'nodemailer'
import { isLoopbackHost } from '../core/loopback.ts'
import type { Channel } from './message.ts'
import { subjectOf, textOf } from './message.ts'

export interface MailSettings {
  readonly host: string
  readonly port: number
  readonly from: string
  readonly to: readonly string[]
  readonly user?: string | undefined
  readonly password?: string | undefined
}

const timeoutMs = 20_000
/** TLS from the first byte (RFC 8314); on any other port STARTTLS where it is offered. */
const implicitTlsPort = 465

/** Mail by SMTP. A password is never sent in the clear to another machine: there STARTTLS is insisted on. */
export function createMail(settings: MailSettings): Channel {
  const { host, port, from } = settings
  const opened = openTransport(settings)
  return {
    name: `mail over ${host}:${port}`,
    async send(message) {
      const transport = await opened
      await transport
        .sendMail({
          from,
          to: [...settings.to],
          subject: subjectOf(message),
          text: textOf(message),
          // The same in every attempt, so that a message that was taken twice is seen to be one.
          messageId: `<${message.id}@hookswitch.invalid>`,
          date: new Date(message.at),
          headers: { 'auto-submitted': 'auto-generated' },
        })
        .catch((cause: unknown) => {
          const { code, responseCode } = cause as { code?: string; responseCode?: number }
          throw new Error(
            `The mail server ${host}:${port} did not take it (${reasonOf(code, responseCode)}).`,
            {
              cause,
            },
          )
        })
    },
    close: () => void opened.then((transport) => transport.close()),
  }
}

/** Loaded only where mail is set up: it takes 10 MB. */
async function openTransport({ host, port, user, password }: MailSettings): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    host,
    port,
    secure: port === implicitTlsPort,
    requireTLS: user !== undefined && !isLoopbackHost(host),
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

function reasonOf(code: string | undefined, status: number | undefined): string {
  const answered = status === undefined ? '' : `, answer ${status}`
  switch (code) {
    case 'EAUTH':
      return `user or password were refused${answered}`
    case 'ETLS':
      return 'it offers no TLS, or its certificate is not trusted'
    case 'EENVELOPE':
      return `sender or recipient were refused${answered}`
    case 'ETIMEDOUT':
      return 'no answer in time'
    default:
      return `${code ?? 'unknown reason'}${answered}`
  }
}
