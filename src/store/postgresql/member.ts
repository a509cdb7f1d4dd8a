/** Which of several hubs in one schema this is. */
export interface ClusterMember {
  /** Its name in the configuration: at most 30 characters. */
  readonly node: string
  /** Of this run of the process. */
  readonly incarnation: string
}

/** What every connection of a hub is listed as at the server: by it all of them are ended. 63 bytes are kept of it. */
export function nameMember({ node, incarnation }: ClusterMember): string {
  return `hookswitch ${node} ${incarnation}`
}
