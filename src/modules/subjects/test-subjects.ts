// What tests of the subject store share: invented people with invented numbers, and phones that seal.
import { agencyPublicKey } from '../../kernel/box.ts'
import type { World } from '../../kernel/world.ts'
import type { ValueKind } from './contracts.ts'
import type { BoxedFact } from './settle.ts'

/** An ID number of a district that does not exist, with its right check digit. */
export function inventedId(n: number): string {
  const body = `99999919000101${String(n).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0)
  return body + '10X98765432'[sum % 11]
}
/** Numbers that cannot ring. */
export const inventedPhone = (n: number) => `100${String(n).padStart(8, '0')}`

export type Told = Partial<Record<ValueKind, string>>

/** A phone of this world, which seals as `sealBox` of the device does; what it sends of a fact is bound to it. */
export function phoneOf(
  w: World,
  sealBox: (publicKey: string, factId: string, text: string) => Promise<string>,
) {
  const engine = { pool: w.kernel.reads, sealer: w.kernel.sealer, now: w.kernel.now }
  return async (told: Told, factId = w.newId()): Promise<BoxedFact> => {
    const publicKey = await agencyPublicKey(engine, w.agency.agencyId)
    const entries = Object.entries(told) as [ValueKind, string][]
    const boxes = await Promise.all(
      entries.map(async ([kind, text]) => ({ kind, box: await sealBox(publicKey, factId, text) })),
    )
    return { factId, boxes }
  }
}
