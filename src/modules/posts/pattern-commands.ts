import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import {
  type Band,
  changeShiftPattern,
  defineShiftPattern,
  defineStandardPatterns,
  type PatternKind,
  postsProblems,
} from './contracts.ts'
import { standardPatterns } from './standard-patterns.ts'
import type { PostsTables } from './tables.ts'

const on = commandsOn<PostsTables>()
type Tx = CommandTx<PostsTables>

const day = 1_440

/** Refuses bands that no roster could be cut by. A band may pass the hand-over into the next duty day. */
export function checkBands(kind: PatternKind, bands: readonly Band[]): void {
  const keys = new Set<string>()
  for (const band of bands) {
    if (keys.has(band.key)) throw postsProblems.bandTwice({ band: band.key })
    keys.add(band.key)
    if (band.minutes <= 0 || band.minutes > day) {
      throw postsProblems.bandLength({ band: band.zh, minutes: band.minutes })
    }
    if (band.minutes > 720 && kind !== 'standby24') throw postsProblems.bandTooLong({ band: band.zh })
  }
  const inOrder = [...bands].sort((a, b) => a.from - b.from)
  for (const [index, band] of inOrder.entries()) {
    const next = inOrder[index + 1]
    const [first] = inOrder
    const until = next ? next.from : (first?.from ?? 0) + day
    if (band.from + band.minutes > until) {
      throw postsProblems.bandsOverlap({ a: band.zh, b: (next ?? first ?? band).zh })
    }
  }
}

function insertPattern(tx: Tx, meta: CommandMeta, input: InputOf<typeof defineShiftPattern>): void {
  checkBands(input.kind, input.bands)
  tx.write(
    tx.db.insertInto('shift_pattern').values({
      agency_id: meta.agency.agencyId,
      pattern_id: input.patternId,
      name: input.name,
      kind: input.kind,
      bands: JSON.stringify([...input.bands].sort((a, b) => a.from - b.from)),
      adjoining: input.adjoining,
    }),
  )
}

export const commands = [
  on(defineShiftPattern, {
    handle(tx, input, meta) {
      insertPattern(tx, meta, input)
      return {}
    },
  }),

  on(defineStandardPatterns, {
    handle(tx, input, meta) {
      for (const pattern of standardPatterns(input, meta.agency.handOverMinute)) {
        insertPattern(tx, meta, pattern)
      }
      return {}
    },
  }),

  on(changeShiftPattern, {
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .updateTable('shift_pattern')
          .set({ name: input.name, active: input.active })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('pattern_id', '=', input.patternId),
        { rows: 1, otherwise: kernelProblems.missing({ what: '班制' }) },
      )
      return {}
    },
  }),
]
