import { expect, it } from 'vitest'
import { fill, translate } from './i18n.ts'
import { mapWords } from './map/map-words.ts'
import { phoneWords } from './phone/phone-words.ts'
import { uiWords } from './ui-words.ts'

it('fills placeholders', () => {
  expect(fill('已选 {n} 条', { n: 1200 })).toBe('已选 1,200 条')
  expect(fill('{name} 的 {what}', { name: '郑例二', what: '{n}' })).toBe('郑例二 的 {n}')
})

it('leaves a placeholder without a value in sight', () => {
  expect(fill('共 {n} 条')).toBe('共 {n} 条')
})

it('chooses the English number', () => {
  expect(fill('{n} {n|post|posts}', { n: 1 })).toBe('1 post')
  expect(fill('{n} {n|post|posts}', { n: 3 })).toBe('3 posts')
})

it('shows the key of a word that is missing', () => {
  const t = translate({ a: { zh: '甲', en: 'A' } }, 'en')
  expect(t('a')).toBe('A')
  expect(t('b' as 'a')).toBe('b')
})

it('has the same placeholders in both languages', () => {
  const names = (text: string) => [...new Set(text.match(/\{\w+/g) ?? [])].sort()
  const all = { ...uiWords, ...mapWords, ...phoneWords }
  for (const [key, word] of Object.entries(all)) expect([key, names(word.en)]).toEqual([key, names(word.zh)])
})
