import { describe, expect, it } from 'vitest'
import { formatChange, formatDay, formatDayTime, formatNumber, formatSpan, formatTime } from './format.ts'

describe('days', () => {
  it('writes a calendar day the same in every zone', () => {
    expect(formatDay('2021-11-03')).toBe('11月3日 周三')
    expect(formatDay('2021-11-03', { timeZone: 'America/New_York' })).toBe('11月3日 周三')
    expect(formatDay('2021-11-03', { lang: 'en' })).toBe('Wed 3 Nov')
    expect(formatDay('2021-11-03', { weekday: false, year: true })).toBe('2021年11月3日')
    expect(formatDay('2021-11-03', { lang: 'en', year: true })).toBe('Wed 3 Nov 2021')
  })
  it('reads an instant in Shanghai unless told otherwise', () => {
    expect(formatDay('2021-11-02T16:30:00Z')).toBe('11月3日 周三')
    expect(formatTime('2021-11-02T16:30:00Z')).toBe('00:30')
    expect(formatTime('2021-11-02T16:30:00Z', { timeZone: 'Asia/Urumqi' })).toBe('22:30')
    expect(formatDayTime(new Date('2021-11-03T06:26:00Z'))).toBe('11月3日 14:26')
  })
  it('gives back what it cannot read', () => {
    expect(formatDay('不详')).toBe('不详')
    expect(formatTime('')).toBe('')
  })
})

describe('spans', () => {
  const at = (day: number, hour: number) => `2021-11-0${day}T${String(hour).padStart(2, '0')}:00:00+08:00`
  it('says when a shift passes midnight', () => {
    expect(formatSpan(at(3, 14), at(3, 20))).toBe('14:00—20:00')
    expect(formatSpan(at(3, 20), at(4, 8))).toBe('20:00—次日08:00')
    expect(formatSpan(at(3, 20), at(4, 8), { lang: 'en' })).toBe('20:00—08:00 next day')
    expect(formatSpan(at(3, 20), at(5, 8))).toBe('20:00—11月5日08:00')
  })
  it('ends a shift at 24:00, not at the next day 00:00', () => {
    expect(formatSpan(at(3, 16), at(4, 0))).toBe('16:00—24:00')
  })
  it('writes both days of a duty day', () => {
    expect(formatSpan(at(3, 8), at(4, 8), { days: true })).toBe('11月3日 周三 08:00 — 11月4日 周四 08:00')
  })
})

describe('figures', () => {
  it('groups by thousands and never loses a digit', () => {
    expect(formatNumber(12906)).toBe('12,906')
    expect(formatNumber(36.5)).toBe('36.5')
    expect(formatNumber(2, 1)).toBe('2.0')
    expect(formatNumber(Number.NaN)).toBe('—')
  })
  it('carries a sign of the same width', () => {
    expect(formatChange(7)).toBe('+7')
    expect(formatChange(-1.8)).toBe('−1.8')
    expect(formatChange(0)).toBe('0')
  })
})
