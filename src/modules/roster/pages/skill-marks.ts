import type { Translate } from '../../../ui/index.ts'
import { type RosterWord, rosterWords } from './words.ts'

type T = Translate<typeof rosterWords>
const has = (key: string): key is RosterWord => key in rosterWords

/** Skills of a mask as one-character marks, and as words; a skill that the house has no word for shows its name. */
export function skillMarks(t: T, skills: readonly string[], mask: number): { mark: string; full: string }[] {
  return skills.flatMap((skill, bit) => {
    if (((mask >> bit) & 1) === 0) return []
    const full = has(`${skill}Full`) ? t(`${skill}Full` as RosterWord) : skill
    return [{ mark: has(skill) ? t(skill) : skill.slice(0, 1), full }]
  })
}
export const skillNames = (t: T, skills: readonly string[]): string[] =>
  skills.map(skill => (has(`${skill}Full`) ? t(`${skill}Full` as RosterWord) : skill))
export const kindWord = (t: T, kind: string): string => (has(kind) ? t(kind) : kind)
