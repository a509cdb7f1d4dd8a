/** What the configuration must know of the presets there are. */
export interface PresetIndex {
  readonly ids: readonly string[]
  /** Directions that a preset has a table for, in words: `phone to teams`. */
  directionsOf(id: string): readonly string[]
  /** The direction between two kinds of connectors; undefined between two of one kind. */
  directionOf(fromKind: string, toKind: string): string | undefined
}
