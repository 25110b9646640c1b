// What can be done with the draft as a whole: opened, replaced by what was solved, thrown away.
import { newId } from '../../../device/client.ts'
import { useDo } from '../../../device/hooks.ts'
import { type ConfirmOptions, useWords } from '../../../ui/index.ts'
import { discard, openDraft } from '../contracts.ts'
import type { RosterBoard } from './use-board.ts'
import type { Solving } from './use-solve.ts'
import { rosterWords } from './words.ts'

export interface DraftActs {
  takeOver: () => Promise<void>
  start: () => Promise<void>
  throwAway: () => Promise<void>
  problem: unknown
}

export function useDraft(
  found: RosterBoard,
  operationId: string,
  today: string,
  solving: Solving,
  ask: (options: ConfirmOptions) => Promise<boolean>,
): DraftActs {
  const t = useWords(rosterWords)
  const open = useDo(openDraft)
  const drop = useDo(discard)
  const { draft, around, change } = found
  const others = (found.drafts.data ?? []).map(one => one.planId).filter(planId => planId !== draft?.planId)
  return {
    problem: open.error ?? drop.error,
    async takeOver() {
      const planId = await solving.adopt(draft?.planId ?? null, others)
      if (planId) change({ plan: planId, shows: undefined })
    },
    async start() {
      const planId = newId()
      const fromDay = today > around.fromDay ? today : around.fromDay
      await open.mutateAsync({ planId, operationId, fromDay, untilDay: around.untilDay, beside: others })
      change({ plan: planId, shows: undefined })
    },
    async throwAway() {
      if (!draft) return
      const sure = await ask({
        title: t('discardAsk'),
        then: t('discardThen'),
        ok: t('discardDraft'),
        danger: true,
      })
      if (!sure) return
      await drop.mutateAsync({ planId: draft.planId, revision: draft.revision })
      change({ plan: undefined })
    },
  }
}
