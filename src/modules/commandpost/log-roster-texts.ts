// What the log says when the published roster changes by a swap or a repair: who stands in whose place, and where.
import type { InputOf } from '../../kernel/contract.ts'
import type { approveSwap, repair } from '../roster/contracts.ts'
import { type MoveTold, repairTold, swapTold } from '../roster/index.ts'
import type { Happened, Telling } from './follow-ups.ts'

/** More at once are one entry, as alerts are. */
const apartMost = 5
const dayZh = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`

const moveZh = ({ from, to, day, post, bandsZh }: MoveTold) =>
  `${dayZh(day)} ${post} ${bandsZh} 由${from}改为${to}`
const moveEn = ({ from, to, day, post, bandsEn }: MoveTold) =>
  `${day} ${post} (${bandsEn}): ${to} in place of ${from}`
const versionOf = (answer: unknown) => (answer as { version: number }).version

export async function swapApproved({
  hands,
  input,
  answer,
}: Happened<InputOf<typeof approveSwap>>): Promise<Telling[]> {
  const found = await hands.read(db => swapTold(db, hands.agency.agencyId, input.swapId))
  const [first] = found.moves
  const [zh, en] = found.kind === 'swap' ? ['换班', 'Swap'] : ['顶班', 'Take-over']
  return [
    {
      operationId: found.operationId,
      unitId: first?.unitId ?? null,
      postId: first?.postId ?? null,
      zh: `批准${zh}(勤务表第 ${versionOf(answer)} 版)：${found.moves.map(moveZh).join('；')}。`,
      en: `${en} approved (roster version ${versionOf(answer)}): ${found.moves.map(moveEn).join('; ')}.`,
    },
  ]
}

export async function dutiesRepaired({
  hands,
  commandId,
  input,
  answer,
}: Happened<InputOf<typeof repair>>): Promise<Telling[]> {
  const { operationId, repairs } = input
  const moves = await hands.read(db => repairTold(db, hands.agency.agencyId, commandId, repairs))
  const version = versionOf(answer)
  const of = (some: readonly MoveTold[]) => ({
    operationId,
    zh: `失效班次补位(勤务表第 ${version} 版)：${some.map(moveZh).join('；')}。`,
    en: `Duties that broke are filled (roster version ${version}): ${some.map(moveEn).join('; ')}.`,
  })
  if (moves.length > apartMost) return [of(moves)]
  return moves.map(one => ({ ...of([one]), unitId: one.unitId, postId: one.postId }))
}
