// The units that an account can be bound to. Accounts lie below people, whose tree the units are; what is asked here
// is only how they are called and what stands under what.
import { z } from 'zod'
import { query } from '../../kernel/contract.ts'

export const scopeUnits = query({
  name: 'access.scopeUnits',
  title: { zh: '账号可选范围', en: 'Units an account can be bound to' },
  roles: ['administrator', 'system'],
  input: z.strictObject({}),
  output: z.strictObject({
    /** A unit, then everything below it. */
    rows: z.array(
      z.strictObject({
        unitId: z.string(),
        name: z.string(),
        /** 0 at the top. */
        depth: z.int(),
        active: z.boolean(),
      }),
    ),
  }),
})
