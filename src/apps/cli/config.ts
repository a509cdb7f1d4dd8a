import { configDocs } from '../../config/docs.ts'
import { sampleConfig } from '../../config/sample.ts'
import { registry } from '../registry.ts'
import type { Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'

export const configSample: Command = {
  name: 'config sample',
  summary: 'Print a configuration to start from, with remarks.',
  options: {},
  async run(_parsed, io) {
    io.out(sampleConfig(registry))
    return exitCodes.ok.code
  },
}

export const configPage: Command = {
  name: 'config docs',
  summary: 'Print the description of every field (docs/config.md).',
  options: {},
  async run(_parsed, io) {
    io.out(configDocs(registry))
    return exitCodes.ok.code
  },
}
