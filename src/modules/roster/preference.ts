// From words to the engine's weights. Pure.
import { DEFAULT_WEIGHTS, type RosterWeights } from '../../cores/roster/index.ts'
import type { Preference, PreferenceKey, PreferenceStep } from './contracts-preference.ts'

/** Threefold a step: less is lost in what the search leaves to chance, more silences what is a step below. */
const factors: Record<PreferenceStep, number> = { minor: 1 / 3, usual: 1, strong: 3, strongest: 9 }

const members = {
  even: ['nights', 'weekends', 'heavy', 'minutes'],
  steady: ['change', 'changePost', 'otherPost'],
  near: ['otherUnit'],
} as const satisfies Record<PreferenceKey, readonly (keyof RosterWeights)[]>

/**
 * What matters most keeps the engine's own weight and the others go down from it, never up: against cover, crews with
 * their skills, and closed loops, which stay as they are, no choice weighs more than none. Raising was tried on paper: an
 * officer with twenty nights of ninety days costs 41 a night, and nine times that is more than a place of priority 3
 * (300).
 */
export function weightsOf(chosen: Preference): RosterWeights {
  const most = Math.max(...Object.values(chosen).map(step => factors[step]))
  const weights = { ...DEFAULT_WEIGHTS }
  for (const [key, names] of Object.entries(members) as [PreferenceKey, readonly (keyof RosterWeights)[]][]) {
    for (const name of names) weights[name] = (DEFAULT_WEIGHTS[name] * factors[chosen[key]]) / most
  }
  return weights
}
