// The row of the journal that stands for a flush: how many facts went in, and what they come to. It changes nothing, so
// running the journal again repeats it as it is; the facts themselves are left out of that.
import { z } from 'zod'
import type { HandledCommand } from '../command.ts'
import { command } from '../contract.ts'

export const bulkTaken = command({
  name: 'kernel.bulkTaken',
  title: { zh: '批量收录', en: 'Facts taken in bulk' },
  roles: ['system'],
  input: z.strictObject({
    /** The fact that they all are. */
    name: z.string().max(100),
    version: z.int().min(1),
    rows: z.int().min(1),
    /** SHA-256 over the digests of the rows in the order of their ids, in hexadecimal. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
})

export const takingBulk: HandledCommand = { contract: bulkTaken, handler: { handle: () => ({}) } }
