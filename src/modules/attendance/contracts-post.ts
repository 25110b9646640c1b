// What is asked at a post and by an officer about himself.
import { z } from 'zod'
import { everyone, id, instant, query } from '../../kernel/contract.ts'
import { ruleFields } from './contracts-commands.ts'
import { count, readers, seatFields, seatView } from './contracts-words.ts'

export const my = query({
  name: 'attendance.my',
  title: { zh: '我的考勤', en: 'My attendance' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({
    now: instant(),
    rules: ruleFields,
    /** Bands of yesterday, today and tomorrow, in the order of their beginning. */
    seats: z.array(
      seatView.extend({
        /** Where the post is, so that the phone can compare by itself. */
        place: z.strictObject({ lng: z.number(), lat: z.number() }).nullable(),
      }),
    ),
  }),
})

/** What the asker himself worked in a month of duty days; nobody else is asked about here. */
export const myHours = query({
  name: 'attendance.myHours',
  title: { zh: '我的在岗时长', en: 'My hours' },
  roles: everyone,
  /** `2021-11`; the month that runs where none is named. */
  input: z.strictObject({
    month: z
      .string()
      .regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/)
      .optional(),
  }),
  output: z.strictObject({
    now: instant(),
    month: z.string(),
    /** Whole minutes; two posts at once count once. */
    minutes: count(),
    late: count(),
    /** Bands worked, the newest first. */
    rows: z.array(
      z.strictObject({
        presenceId: z.string(),
        postName: z.string(),
        day: z.string(),
        zh: z.string(),
        en: z.string(),
        cameAt: instant(),
        /** Until when it counts; where he has not signed out (`open`), the end of the band. */
        until: instant(),
        state: z.enum(['left', 'there', 'open']),
        minutes: count(),
        lateMinutes: count(),
      }),
    ),
  }),
})

/** Who is here, who should be, who comes next. */
export const atPost = query({
  name: 'attendance.atPost',
  title: { zh: '点位在岗', en: 'Who is at the post' },
  roles: readers,
  input: z.strictObject({ postId: id(), at: instant().optional() }),
  output: z.strictObject({
    now: instant(),
    at: instant(),
    postId: z.string(),
    code: z.string(),
    name: z.string(),
    /** Bands in progress and the one that begins within two hours; `present` is who stands there at the instant. */
    bands: z.array(
      z.strictObject({
        day: z.string(),
        patternId: z.string(),
        band: z.string(),
        zh: z.string(),
        en: z.string(),
        begins: instant(),
        ends: instant(),
        need: count(),
        present: count(),
        seats: z.array(seatView),
      }),
    ),
  }),
})

/** Minutes for which a display can go on without network. */
export const codeAheadMinutes = 15

export const codeOf = query({
  name: 'attendance.codeOf',
  title: { zh: '点位签到码', en: 'Code of a post' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader'],
  input: z.strictObject({ postId: id() }),
  output: z.strictObject({
    now: instant(),
    postId: z.string(),
    code: z.string(),
    name: z.string(),
    address: z.string(),
    /** Null: none was issued yet. */
    issuedAt: instant().nullable(),
    /** The code of this minute and of those that follow; `from` is when it turns. */
    turns: z.array(z.strictObject({ from: instant(), token: z.string(), digits: z.string() })),
    printed: z.string().nullable(),
  }),
})

export const replacements = query({
  name: 'attendance.replacements',
  title: { zh: '谁可以顶班', en: 'Who can stand in' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'system'],
  input: z.strictObject({ ...seatFields, replacesOfficerId: id().nullable().default(null) }),
  output: z.strictObject({
    /** A skill that the crew lacks without the one who is missing. */
    skill: z.string().nullable(),
    rows: z.array(
      z.strictObject({
        officerId: z.string(),
        name: z.string(),
        badge: z.string(),
        kind: z.string(),
        unitName: z.string(),
        /** On standby now; free that day; stays on from the band before; comes early for the band behind. */
        from: z.enum(['standby', 'off', 'stays', 'early']),
        /** As the crow flies, from the standby's post or the unit; null where a place is not known. */
        kilometres: z.number().nullable(),
        restMinutes: z.int().nullable(),
        weekMinutes: count(),
        skills: z.array(z.string()),
        sameUnit: z.boolean(),
      }),
    ),
    /** The first of those who may not, each with the rule. */
    barred: z.array(
      z.strictObject({
        officerId: z.string(),
        name: z.string(),
        rule: z.string(),
        zh: z.string(),
        en: z.string(),
      }),
    ),
    counts: z.strictObject({ legal: count(), barred: count() }),
  }),
})

export const rules = query({
  name: 'attendance.rules',
  title: { zh: '考勤规则', en: 'Rules of attendance' },
  roles: [...everyone, 'system'],
  input: z.strictObject({}),
  output: z.strictObject({ ruleSet: z.int(), rules: ruleFields }),
})
