// The limits that posts go by: set by the command post, each change a new version.
import { z } from 'zod'
import { command, everyone, id, instant, query, staffText } from '../../kernel/contract.ts'
import { postRules, tenths } from './contracts.ts'

/** What a post goes by where nothing was ever set. */
export const firstRules = {
  version: 0,
  feverTenths: 373,
  asksCode: true,
  asksTemperature: true,
  asksDisinfection: false,
  exempt: '',
  turnBackWords: '',
  objectionWords: '',
} as const

const postKind = z.string().regex(/^[a-zA-Z]{1,40}$/)

export const setRules = command({
  name: 'encounters.setRules',
  title: { zh: '设定查验规则', en: 'Set what posts go by' },
  roles: ['commander', 'dutyOfficer'],
  input: z.strictObject({
    /** For all posts of a kind, or for one post; with neither for all. */
    postKind: postKind.nullable(),
    postId: id().nullable(),
    feverTenths: tenths,
    asksCode: z.boolean(),
    asksTemperature: z.boolean(),
    asksDisinfection: z.boolean(),
    /** Who is let pass unchecked, in words. */
    exempt: staffText(500),
    /** What is said to somebody who is turned back, and how he may object. */
    turnBackWords: staffText(500),
    objectionWords: staffText(500),
  }),
  output: z.strictObject({ version: z.int() }),
})

export const rules = query({
  name: 'encounters.rules',
  title: { zh: '查验规则', en: 'What posts go by' },
  roles: everyone,
  input: z.strictObject({}),
  /** The newest of each, for all first. */
  output: z.strictObject({
    rows: z.array(
      postRules.extend({
        postKind: postKind.nullable(),
        postId: id().nullable(),
        postName: z.string().nullable(),
        setAt: instant(),
      }),
    ),
  }),
})
