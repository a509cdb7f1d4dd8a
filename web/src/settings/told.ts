/** What came of something that was done on a page. */
export interface Told {
  readonly intent: 'success' | 'error' | 'warning'
  readonly text: string
}
