// What became of one place of the board: who was put there, taken off and locked, by whom.
import { z } from 'zod'
import { historyRow, namesOfIds } from '../../kernel/books/contracts.ts'
import { day, id, query } from '../../kernel/contract.ts'
import { bandKey } from './contracts-shapes.ts'

export const seatHistory = query({
  name: 'roster.seatHistory',
  title: { zh: '岗位排班历史', en: 'History of a place on the roster' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'inspector'],
  input: z.strictObject({
    operationId: id(),
    /** Of this draft; null: of the published roster. */
    planId: id().nullable(),
    postId: id(),
    patternId: id(),
    bands: z.array(bandKey()).min(1).max(8),
    day: day(),
  }),
  output: z.strictObject({
    /**
     * Newest first, 200 at most, told like rows of tables: `assignment` as published, `draft_cell` of a draft. The id
     * of a row is that of the post and of the officer.
     */
    rows: z.array(historyRow),
    names: namesOfIds,
  }),
})
