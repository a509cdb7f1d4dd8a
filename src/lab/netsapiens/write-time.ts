/** `2026-11-21 09:30:00`: how the platform writes times, in the zone of its server (here UTC). */
export function writeTime(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace('T', ' ')
}
