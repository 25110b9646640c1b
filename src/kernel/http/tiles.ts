// The ground below the map where a bureau has one: an archive of tiles that we serve in ranges, or a tile service of
// its own, which is then the only stranger that the content security policy lets a page ask.
import { basename, dirname } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { tilesAnswer } from '../contract.ts'

export interface Tiles {
  answer: z.output<typeof tilesAnswer>
  /** An archive on this machine; absent where a service answers. */
  file?: string
}

export const tilesPath = '/api/tiles.pmtiles'

/** The origin of a tile service, for the policy; nothing where we serve the tiles ourselves. */
export function tileOrigins(tiles: Tiles | undefined): string[] {
  return tiles && !tiles.file ? [new URL(tiles.answer.url).origin] : []
}

/** Under /api, so that only who is signed in reads it. Pages ask for ranges of it, never for the whole. */
export function tileRoute(app: FastifyInstance, { file }: Tiles): void {
  if (!file) return
  app.get(tilesPath, (_request, reply) =>
    // A day: an archive that was replaced has another tag, and the reader then starts again.
    reply.header('cache-control', 'private, max-age=86400').sendFile(basename(file), dirname(file)),
  )
}
