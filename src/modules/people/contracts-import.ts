import { z } from 'zod'
import { command, day, id, personal, staffName } from '../../kernel/contract.ts'
import { importRowsMost, name, officerKind, sex, skill } from './contracts-words.ts'

export const importRow = z.strictObject({
  /** A new id, or for a badge that is on the books the id that it has: the phone is sealed under it. */
  officerId: id(),
  badge: staffName(20).min(1),
  name: staffName(60).min(1).regex(/\S/),
  kind: officerKind,
  /** Full or short name of a unit that is in use. */
  unit: name(80),
  // What is left out stays as it is for an officer on the books.
  sex: sex.optional(),
  title: z.string().max(60).optional(),
  phone: personal('officerId', 40).nullable().optional(),
  /** The whole list; skills not named are withdrawn. */
  skills: z.array(skill).max(4).optional(),
  homeAgency: z.string().max(80).nullable().optional(),
  beginsOn: day().nullable().optional(),
  endsOn: day().nullable().optional(),
})

export const importOfficers = command({
  name: 'people.importOfficers',
  title: { zh: '导入警力', en: 'Import officers' },
  roles: ['administrator', 'commander', 'system'],
  input: z.strictObject({ rows: z.array(importRow).min(1).max(importRowsMost) }),
  output: z.strictObject({
    added: z.int(),
    updated: z.int(),
    /** Nothing differs, except perhaps the phone, which is sealed and cannot be compared. */
    unchanged: z.int(),
    /** Phones of officers on the books that were sealed anew. */
    phones: z.int(),
  }),
})

/** What lists are brought of; the names of the columns are the subject's own. */
export const mappedSubjects = ['officers', 'posts', 'results', 'tubes'] as const
export type MappedSubject = (typeof mappedSubjects)[number]

export const rememberMapping = command({
  name: 'people.rememberMapping',
  title: { zh: '记住列对照', en: 'Remember a column mapping' },
  /** Whoever may bring lists of any of the subjects; the handler looks at the one named. */
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'healthOfficer', 'system'],
  input: z.strictObject({
    subject: z.enum(mappedSubjects),
    /** Digest of the signature, from the preview: a signature may be longer than an index takes. */
    source: z.string().regex(/^[0-9a-f]{64}$/),
    /** What the columns of this source are called, in order. */
    signature: z.string().min(1).max(20_000),
    columns: z
      .array(
        z.strictObject({
          letter: z.string().regex(/^[A-Z]{1,3}$/),
          header: z.string().max(300),
          key: z.string().max(30).nullable(),
        }),
      )
      .min(1)
      .max(400),
  }),
})
