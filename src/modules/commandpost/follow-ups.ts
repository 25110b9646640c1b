// Entries that the system makes in the duty log when something happens elsewhere: orders, publications, zones,
// directives, difficulties, alerts. Each is told once, because its id follows from the command before.
import type { z } from 'zod'
import { settleAlerts } from '../../kernel/books/contracts.ts'
import type { Both, CommandContract } from '../../kernel/contract.ts'
import { derivedId } from '../../kernel/ids.ts'
import type { FollowUp, SystemHands } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { endLevel, fallBack, orderLevel } from '../operations/contracts.ts'
import { operationsRunning } from '../operations/index.ts'
import { addZones, changeZoneKind, extendZone, liftZone, openZone } from '../posts/contracts.ts'
import { approveSwap, grantRest, orderBeyondRest, publish, repair } from '../roster/contracts.ts'
import {
  chaseDirective,
  closeRecall,
  confirmDifficulty,
  escalateDifficulty,
  issueDirective,
  orderRecall,
  passDirective,
  raiseDifficulty,
  recordChange,
  recordMeeting,
  reviewDirective,
  withdrawDirective,
} from './contracts.ts'
import { journaled } from './journaled.ts'
import { orderedBeyond, restGranted } from './log-rest-texts.ts'
import { dutiesRepaired, swapApproved } from './log-roster-texts.ts'
import * as own from './log-own-texts.ts'
import * as say from './log-texts.ts'
import { meetingHeld, recallClosed, recallOrdered } from './recall-texts.ts'
import { recallWithLevel } from './recall-with-level.ts'

/** What is to be entered; links default to none. */
export interface Telling extends Both {
  operationId: string
  kind?: 'change' | 'alert' | 'order' | 'report'
  unitId?: string | null
  postId?: string | null
  zoneId?: string | null
  directiveId?: string | null
  difficultyId?: string | null
}

export interface Happened<I> {
  hands: SystemHands
  commandId: string
  /** As it was given; sealed fields are sealed. */
  input: I
  answer: unknown
  at: string
}

const clip = (text: string) => (text.length > 2_000 ? `${text.slice(0, 1_999)}…`.toWellFormed() : text)

function after<C extends CommandContract<z.ZodType, z.ZodType>>(
  contract: C,
  tell: (happened: Happened<z.output<C['input']>>) => Promise<Telling[]>,
): FollowUp {
  return {
    name: `commandpost.log.${contract.name}`,
    after: contract,
    async run(commandId, hands) {
      const row = await journaled(hands, commandId)
      const input = row.input as z.output<C['input']>
      const told = await tell({ hands, commandId, input, answer: row.answer, at: row.received_at })
      const [first] = told
      if (!first) return
      await hands.run(recordChange, {
        operationId: first.operationId,
        entries: told.slice(0, 50).map((one, at) => ({
          entryId: derivedId(commandId, `entry ${at}`),
          kind: one.kind ?? 'change',
          happenedAt: row.received_at,
          text: clip(one.zh),
          textEn: clip(one.en),
          unitId: one.unitId ?? null,
          postId: one.postId ?? null,
          zoneId: one.zoneId ?? null,
          officerId: null,
          directiveId: one.directiveId ?? null,
          difficultyId: one.difficultyId ?? null,
        })),
      })
    },
  }
}

/** Alerts belong to no operation; they are entered in the newest that runs. */
async function runningNow(hands: SystemHands, at: string): Promise<string | undefined> {
  const { agency } = hands
  const running = await hands.read(db => operationsRunning(db, agency.agencyId, dutyDayOf(agency, at)))
  return running[0]?.operationId
}

const alertsTold = after(settleAlerts, async ({ hands, input, answer, at }) => {
  // What this module watches was entered when it happened.
  if (input.watch.startsWith('commandpost.')) return []
  // What goes on with the alert of before was entered when that was raised. Older answers do not say.
  const { continued = [] } = answer as { continued?: string[] }
  const red = input.raise.filter(one => one.severity === 'red' && !continued.includes(one.subject))
  const operationId = red.length > 0 ? await runningNow(hands, at) : undefined
  return operationId === undefined ? [] : say.alerts(operationId, red)
})

export const followUps: FollowUp[] = [
  after(orderLevel, say.levelOrdered),
  after(endLevel, say.levelEnded),
  after(fallBack, say.levelFell),
  after(publish, say.rosterPublished),
  after(approveSwap, swapApproved),
  after(repair, dutiesRepaired),
  after(grantRest, restGranted),
  after(orderBeyondRest, orderedBeyond),
  after(openZone, say.zoneOpened),
  after(addZones, say.zonesOpened),
  after(changeZoneKind, say.zoneChanged),
  after(extendZone, say.zoneExtended),
  after(liftZone, say.zoneLifted),
  after(issueDirective, own.directiveIssued),
  after(passDirective, own.directivePassed),
  after(chaseDirective, own.directiveSupervised),
  after(reviewDirective, own.directiveCompleted),
  after(withdrawDirective, own.directiveWithdrawn),
  after(raiseDifficulty, own.difficultyRaised),
  after(escalateDifficulty, own.difficultyWentUp),
  after(confirmDifficulty, own.difficultyClosed),
  after(orderRecall, recallOrdered),
  after(closeRecall, recallClosed),
  after(recordMeeting, meetingHeld),
  alertsTold,
  recallWithLevel,
]
