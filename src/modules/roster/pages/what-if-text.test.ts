import { describe, expect, it } from 'vitest'
import { translate } from '../../../ui/i18n.ts'
import { suppositionText } from './what-if-text.ts'
import { whatIfWords } from './what-if-words.ts'
import { rosterWords } from './words.ts'

describe('suppositions as sentences', () => {
  const [t, words] = [translate(whatIfWords, 'en'), translate(rosterWords, 'en')]
  const say = (rule: 'daysOffIn7' | 'maxNightsInRow', value: number) =>
    suppositionText({ kind: 'rest', rule, value }, { t, words, lang: 'en', names: {} })

  it('RST200 one day is a day, and two are days', () => {
    expect(say('daysOffIn7', 1)).toMatch(/: 1 day$/)
    expect(say('daysOffIn7', 2)).toMatch(/: 2 days$/)
    expect(say('maxNightsInRow', 1)).toMatch(/: 1 night$/)
    expect([t('run', { n: 1 }), t('run', { n: 7 })]).toEqual(['Work out 1 day', 'Work out 7 days'])
    expect(words('startSolve', { n: 1 })).toBe('Solve 1 day')
  })
})
