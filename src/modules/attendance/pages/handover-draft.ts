// What an officer fills in of a hand-over, drafted from the last page so that nothing is typed twice.
import type { Sent } from '../../../device/client.ts'
import { newId } from '../../../device/client.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import type { giveHandover, HandoverItem, ItemKind, myHandover } from '../contracts.ts'

export type Give = NonNullable<OutputOf<typeof myHandover>['give']>
type Given = Sent<typeof giveHandover>

export interface HandoverDraft {
  handoverId: string
  successorId: string
  weather: string
  counts: Given['counts']
  events: string
  orders: string
  mustKnow: string
  items: HandoverItem[]
  opened: { matterId: string; text: string }[]
  /** How each matter ended that this page closes, by its id. */
  closed: Record<string, string>
}

const noCounts = { vehicles: 0, people: 0, vehiclesTurned: 0, peopleTurned: 0, fevers: 0, transferred: 0 }

export function draftOf(give: Give): HandoverDraft {
  const { page } = give
  const only = give.successors.length === 1 ? (give.successors[0]?.officerId ?? '') : ''
  if (!page) {
    return {
      ...{ handoverId: newId(), successorId: only, weather: '', counts: noCounts },
      ...{ events: '', orders: '', mustKnow: '', items: give.items, opened: [], closed: {} },
    }
  }
  const { handoverId, weather, counts, events, orders, mustKnow, items, matters } = page
  return {
    ...{ handoverId, weather, counts, events, orders, mustKnow },
    successorId: only || page.successor.officerId,
    // A figure that was returned stands as the successor found it; the old one stays in the box above.
    items: items.map(one => ({ ...one, counted: foundOf(give, one.kind, one.name) ?? one.counted })),
    opened: matters
      .filter(one => one.openedIn === handoverId)
      .map(({ matterId, text }) => ({ matterId, text })),
    closed: Object.fromEntries(
      matters.filter(one => one.closedIn === handoverId).map(one => [one.matterId, one.closedHow ?? '']),
    ),
  }
}

function foundOf(give: Give, kind: ItemKind, name: string): number | undefined {
  const last = give.page?.returns.at(-1)
  if (!last || last.round !== give.page?.round) return undefined
  return last.differences.find(one => one.kind === kind && one.name === name)?.found
}

/** Matters that were open before this page. */
export const mattersBefore = (give: Give) =>
  (give.page?.matters ?? give.matters).filter(one => one.openedIn !== give.page?.handoverId)

export function givenOf(give: Give, draft: HandoverDraft): Given {
  const { day, patternId, band } = give.from
  const { handoverId, weather, counts, events, orders, mustKnow } = draft
  return {
    ...{ handoverId, postId: give.postId, day, patternId, band },
    ...{ weather, counts, events, orders, mustKnow },
    successorId: draft.successorId || null,
    items: draft.items.map(({ kind, name, unit, counted, condition }) => ({
      ...{ kind, name, unit, counted, condition },
    })),
    opened: draft.opened.filter(one => one.text.trim() !== ''),
    closed: Object.entries(draft.closed).map(([matterId, how]) => ({ matterId, how })),
  }
}
