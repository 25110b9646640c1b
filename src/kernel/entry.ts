// What stands in a batch, before anybody knows which command it is of.
import { z } from 'zod'

export const entrySchema = z.strictObject({
  id: z.uuid(),
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9.]{0,99}$/),
  version: z.int().min(1).max(1_000),
  occurredAt: z.iso.datetime({ offset: true }),
  input: z.unknown(),
})
/** The least with which it can be answered. */
export const hasId = z.object({ id: z.uuid() })
