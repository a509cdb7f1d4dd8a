import { resolve as resolvePath } from 'node:path'
import { loadConfig } from '../../config/load.ts'
import { ConfigError } from '../../config/problem.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { presetIndex } from '../../presets/catalog.ts'
import { registry } from '../registry.ts'
import { type Io, type OptionSpec, type Parsed, textOf } from './command.ts'
import { CliError } from './exit-codes.ts'

export const configOption: OptionSpec = {
  type: 'string',
  short: 'c',
  value: 'FILE',
  description: 'The configuration (default: hookswitch.yaml in this folder).',
}

export function configFile(parsed: Parsed, io: Io): string {
  return resolvePath(io.cwd, textOf(parsed, 'config') ?? 'hookswitch.yaml')
}

/** @throws CliError with every problem of the configuration. */
export function loadConfigFile(file: string, io: Io): ResolvedConfig {
  try {
    return loadConfig({ file, types: registry, presets: presetIndex, env: io.env })
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError('config', error.message)
    throw error
  }
}
