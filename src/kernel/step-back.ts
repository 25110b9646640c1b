// Work that can wait, beside work that somebody waits for.
import { constants, platform, setPriority } from 'node:os'

/**
 * Called by a worker thread: from now on it gets a tenth of what requests and the database get where they want the same
 * core, and all of it where they do not. The lowest priority would give it a seventieth: a search on a busy machine would
 * find nothing. Only Linux has priorities by thread; elsewhere the call would slow down the whole server.
 */
export function stepBack(): void {
  if (platform() === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)
}
