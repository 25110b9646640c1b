// Where an encounter goes and what is counted of it: the hot road's half of `encounters.note` (decision 0010).
import type { Kysely } from 'kysely'
import { stored } from '../../kernel/bulk/store.ts'
import type { InputOf } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { noteEncounter } from './contracts.ts'
import { encountersProblems } from './contracts-problems.ts'
import { allRules, type RulesOfPosts } from './rules.ts'

type Input = InputOf<typeof noteEncounter>

/** Measured as high as its post's rules say, or said to be so by the officer. */
const isFever = ({ temperature, reason }: Input, feverTenths: number) =>
  reason === 'fever' || (temperature !== null && temperature >= feverTenths)

interface KnownPost {
  feverTenths: number
}

async function knownPosts(db: Kysely<AnyTables>, agencyId: string): Promise<Map<string, KnownPost>> {
  const rules: RulesOfPosts = await allRules(db, agencyId)
  return new Map(rules.posts.map(post => [post.postId, { feverTenths: rules.of(post).feverTenths }]))
}

export const notedEncounter = stored<typeof noteEncounter, KnownPost>(noteEncounter, {
  table: 'encounter',
  key: 'encounter_id',
  columns: [
    { name: 'post_id', type: 'uuid', of: one => one.postId },
    { name: 'passer', type: 'text', of: one => one.passer },
    { name: 'direction', type: 'text', of: one => one.direction },
    { name: 'people', type: 'integer', of: one => one.people },
    { name: 'temperature', type: 'integer', of: one => one.temperature },
    { name: 'code_shown', type: 'text', of: one => one.codeShown },
    { name: 'disinfected', type: 'boolean', of: one => one.disinfected },
    { name: 'verdict', type: 'text', of: one => one.verdict },
    { name: 'reason', type: 'text', of: one => one.reason },
    { name: 'rules_version', type: 'integer', of: one => one.rulesVersion },
    { name: 'pass_token', type: 'text', of: one => one.passToken },
    { name: 'boxes', type: 'jsonb', of: one => one.boxes },
  ],
  gate: {
    load: knownPosts,
    keyOf: one => one.postId,
    missing: () => encountersProblems.postMissing(),
  },
  counts: {
    table: 'encounter_hour',
    keys: [
      { name: 'post_id', type: 'uuid' },
      { name: 'passer', type: 'text' },
      { name: 'verdict', type: 'text' },
    ],
    sums: ['passes', 'people', 'fevers', 'refusals'],
    of: (one, { feverTenths }) => ({
      keys: [one.postId, one.passer, one.verdict],
      sums: [1, one.people, isFever(one, feverTenths) ? 1 : 0, one.reason === 'refusedCheck' ? 1 : 0],
    }),
  },
})
