// What the desk sees of the posts: counts, and the encounters themselves without anybody's identity.
import { z } from 'zod'
import { day, everyone, id, instant, listInput, pageOf, query, type Role } from '../../kernel/contract.ts'
import {
  codesShown,
  directions,
  holdingBases,
  holdingOutcomes,
  passerKinds,
  verdictReasons,
  verdicts,
} from './contracts-words.ts'

/** Who reads lists of encounters: the desk, not every officer. */
export const encounterReaders: readonly Role[] = [
  'commander',
  'dutyOfficer',
  'unitLeader',
  'inspector',
  'healthOfficer',
]

const count = z.int().min(0)

export const live = query({
  name: 'encounters.live',
  title: { zh: '各点位查验实况', en: 'Posts as they are now' },
  roles: everyone,
  input: z.strictObject({ postId: id().optional() }),
  /** Posts of the asker's units at which somebody was checked since yesterday, the busiest first. */
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        postId: id(),
        postName: z.string(),
        /** Of the running clock hour, and of the one before. */
        passes: count,
        passesBefore: count,
        /** Of the duty day so far. */
        today: count,
        people: count,
        fevers: count,
        turnedBack: count,
        refusals: count,
        lastAt: instant(),
      }),
    ),
  }),
})

export const search = query({
  name: 'encounters.search',
  title: { zh: '查验记录', en: 'Encounters' },
  roles: encounterReaders,
  input: z.strictObject({
    postIds: z.array(id()).max(200).optional(),
    /** Instants, or duty days; without either the running duty day. */
    from: instant().optional(),
    until: instant().optional(),
    dayFrom: day().optional(),
    dayUntil: day().optional(),
    passer: z.enum(passerKinds).optional(),
    verdict: z.enum(verdicts).optional(),
    offset: listInput.offset,
    limit: listInput.limit,
  }),
  output: pageOf(
    z.strictObject({
      encounterId: id(),
      postId: id(),
      postName: z.string(),
      occurredAt: instant(),
      receivedAt: instant(),
      passer: z.enum(passerKinds),
      direction: z.enum(directions),
      people: count,
      temperature: z.int().nullable(),
      codeShown: z.enum(codesShown),
      disinfected: z.boolean(),
      verdict: z.enum(verdicts),
      reason: z.enum(verdictReasons).nullable(),
    }),
  ),
})

export const emergencies = query({
  name: 'encounters.emergencies',
  title: { zh: '紧急通行记录', en: 'Emergency passages' },
  roles: encounterReaders,
  input: z.strictObject({
    dayFrom: day(),
    dayUntil: day(),
    offset: listInput.offset,
    limit: listInput.limit,
  }),
  output: pageOf(
    z.strictObject({
      passageId: id(),
      postId: id(),
      postName: z.string(),
      emergency: z.string(),
      people: count,
      passer: z.enum(passerKinds),
      note: z.string(),
      passedAt: instant(),
    }),
  ),
})

export const holdings = query({
  name: 'encounters.holdings',
  title: { zh: '留观', en: 'Holdings' },
  roles: everyone,
  input: z.strictObject({ postId: id().optional(), open: z.boolean().default(true) }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        holdingId: id(),
        postId: id(),
        postName: z.string(),
        encounterId: id(),
        basis: z.enum(holdingBases),
        needs: z.string(),
        beganAt: instant(),
        endsAt: instant(),
        endedAt: instant().nullable(),
        outcome: z.enum(holdingOutcomes).nullable(),
      }),
    ),
  }),
})
