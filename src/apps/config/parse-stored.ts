import { parseConfig } from '../../config/load.ts'
import { ConfigError, type Problem, readChild } from '../../config/problem.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { tenantAt } from '../../config/seal-document.ts'
import { presetIndex } from '../../presets/catalog.ts'
import type { SealedPlace } from '../../secrets/sealing.ts'
import type { Registry } from '../registry.ts'

/** What the command line says, whatever is stored. */
export interface Fixed {
  /** The data directory, absolute. */
  readonly data: string
  readonly http: { readonly host?: string; readonly port?: number }
  /** Of several hubs: what is in the file of each, the rest is stored. */
  readonly frame?: ResolvedConfig
}

export type Parsed = { readonly config: ResolvedConfig } | { readonly problems: readonly Problem[] }

/** Checks a stored configuration as a whole and opens its secrets; `root` is the text as data. */
export function parseStored(
  { text, root }: { readonly text: string; readonly root: unknown },
  parts: {
    readonly registry: Registry
    readonly fixed: Fixed
    readonly find: (place: SealedPlace) => string | undefined
  },
): Parsed {
  const { registry, fixed, find } = parts
  if (readChild(root, 'store') !== undefined) return { problems: [noStore] }
  if (readChild(root, 'cluster') !== undefined) return { problems: [noCluster] }
  const { frame } = fixed
  const framed = frame ? frameParts.filter((part) => readChild(root, part) !== undefined) : []
  if (framed.length > 0) return { problems: framed.map(inFile) }
  try {
    const config = parseConfig(text, {
      ...{ file: `${fixed.data}/configuration`, types: registry, presets: presetIndex, env: {} },
      secret: (name, path) => find({ tenant: tenantAt(root, path), name }),
    })
    if (frame) {
      const { http, log, network, store, cluster, secrets } = frame
      const parts = { http, log, store, ...(network && { network }), ...(cluster && { cluster }) }
      return { config: { ...config, ...parts, secrets: [...config.secrets, ...secrets] } }
    }
    return {
      config: {
        ...config,
        http: { ...config.http, ...fixed.http },
        store: { ...config.store, path: fixed.data },
      },
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { problems: error.problems }
  }
}

/** Each hub has its own, in its file. */
const frameParts = ['http', 'log', 'network']

function inFile(path: string): Problem {
  return {
    path,
    message: 'has no place in the stored configuration of several hubs: it is in the file of each',
    fix: `Take ${path} out here, and change it in the file at every hub.`,
  }
}

const noStore: Problem = {
  path: 'store',
  message: 'has no place in a stored configuration: it is kept in the store itself',
  fix: 'Take it out; the folder is named at the start with --data.',
}

const noCluster: Problem = {
  path: 'cluster',
  message: 'has no place in a stored configuration: it is in the file of each hub',
  fix: 'Take it out here. Several hubs have a file with store, http and cluster, and cluster.configuration is stored.',
}
