import { connectorDocs } from '../connector-page.ts'
import { registry } from '../registry.ts'
import type { Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'

export const connectorPage: Command = {
  name: 'connectors docs',
  summary: 'Print the table of connectors (docs/connectors/README.md).',
  options: {},
  async run(_parsed, io) {
    io.out(connectorDocs(registry))
    return exitCodes.ok.code
  },
}
