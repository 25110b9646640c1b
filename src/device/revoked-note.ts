// What stays on a device that was wiped: that it was, for whoever opens it next, and the name by which the server knew
// it, so that a wipe that was cut short is told under the right one.
const place = 'fangxian.revoked'

export function noteRevoked(installationId: string): void {
  localStorage.setItem(place, installationId)
}

/** The installation that is being wiped, or was; null where none was, or the browser refuses its storage. */
export function revokedHere(): string | null {
  try {
    return localStorage.getItem(place)
  } catch {
    // Refused: nothing was kept here either.
    return null
  }
}

/** Somebody has signed in here since. */
export function forgetRevoked(): void {
  if (revokedHere() !== null) localStorage.removeItem(place)
}

export const revokedPlace = place
