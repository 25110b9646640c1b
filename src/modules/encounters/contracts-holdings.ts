// What the clock says of a holding.
import { z } from 'zod'
import { command, id } from '../../kernel/contract.ts'

export const endHolding = command({
  name: 'encounters.endHolding',
  title: { zh: '留观到时自动解除', en: 'A holding ends by itself' },
  roles: ['system'],
  input: z.strictObject({ holdingId: id() }),
})
