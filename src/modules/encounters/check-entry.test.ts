import { describe, expect, it } from 'vitest'
import {
  freshEntry,
  inputOf,
  isWhole,
  kindOfMark,
  nextCode,
  normalMark,
  shownMark,
  standingOf,
  temperatureOf,
  typed,
} from './pages/check-entry.ts'
import { Passers, passToken } from './pages/passers.ts'
import { noteEncounter, type PostRules } from './contracts.ts'

const rules: PostRules = {
  version: 3,
  feverTenths: 373,
  asksCode: true,
  asksTemperature: true,
  asksDisinfection: true,
  exempt: '',
  turnBackWords: '',
  objectionWords: '',
}
const typing = (digits: string) => [...digits].reduce(typed, freshEntry(rules))
const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'

describe('the check screen', () => {
  it('CHK1 three digits are a temperature, the fourth begins the next one', () => {
    expect(temperatureOf(typing('36'))).toBeNull()
    expect(temperatureOf(typing('365'))).toBe(365)
    expect(typing('3653').digits).toBe('3')
  })

  it('CHK1 a temperature of 87 is none, and says so before anything is saved', () => {
    expect(standingOf(typing('870'), rules)).toBe('implausible')
    expect(isWhole(typing('870'), rules)).toBe(false)
    expect(temperatureOf(typing('870'))).toBeNull()
  })

  it('CHK2 from the limit of the post on it is a fever', () => {
    expect(standingOf(typing('372'), rules)).toBe('normal')
    expect(standingOf(typing('373'), rules)).toBe('fever')
    expect(isWhole(typing('373'), rules)).toBe(false)
    expect(standingOf(typing('373'), { ...rules, feverTenths: 375 })).toBe('normal')
  })

  it('CHK2 a post that asks for no temperature lets pass without', () => {
    expect(isWhole(freshEntry(rules), rules)).toBe(false)
    expect(isWhole(freshEntry({ ...rules, asksTemperature: false }), rules)).toBe(false)
    expect(isWhole(freshEntry(rules), { ...rules, asksTemperature: false })).toBe(true)
  })

  it('CHK3 no colour of a code keeps anybody from being let pass, and none lets pass by itself', () => {
    let entry = typing('365')
    for (let i = 0; i < 5; i++) {
      expect(isWhole(entry, rules)).toBe(true)
      expect(isWhole({ ...entry, digits: '' }, rules)).toBe(false)
      entry = nextCode(entry)
    }
    expect(entry.codeShown).toBe('green')
  })

  it('CHK4 the next entry keeps what the road has in common and nothing of the passer', () => {
    const last = {
      ...typing('365'),
      direction: 'out' as const,
      people: 4,
      mark: '示A00001',
      disinfected: false,
    }
    expect(freshEntry(rules, last)).toEqual({
      passer: 'vehicle',
      direction: 'out',
      people: 1,
      digits: '',
      codeShown: 'green',
      disinfected: false,
      mark: '',
    })
  })

  it('CHK5 one spelling of a plate, whatever the camera or the keys give', () => {
    for (const text of ['示a·00001', ' 示Ａ00001 ', '示A-00001', '示A 000 01']) {
      expect(normalMark(text)).toBe('示A00001')
    }
    expect(shownMark('示A00001')).toBe('示A·00001')
    expect(
      ['示A00001', '示AD00001', '11010119900307881X', '10000000001', 'HC-991-X'].map(kindOfMark),
    ).toEqual(['plate', 'plate', 'idNumber', 'phone', 'healthCode'])
  })

  it('CHK5 of what is not a plate the screen shows the last four', () => {
    expect(shownMark('11010119900307881X')).toBe('…881X')
  })

  it('CHK6 what is saved is what the contract takes', () => {
    const input = inputOf(typing('365'), {
      postId: '0190a0e0-0000-7000-8000-000000000001',
      verdict: 'pass',
      reason: null,
      rulesVersion: 3,
      passToken: null,
      boxes: [],
    })
    expect(noteEncounter.input.parse(input)).toEqual(input)
  })
})

class Shelf {
  readonly kept = new Map<string, string>()
  full = false
  getItem = (name: string) => this.kept.get(name) ?? null
  setItem = (name: string, text: string) => {
    if (this.full) throw new DOMException('full', 'QuotaExceededError')
    this.kept.set(name, text)
  }
  removeItem = (name: string) => void this.kept.delete(name)
}

describe('who passed before', () => {
  const last = {
    passer: 'vehicle',
    direction: 'in',
    people: 2,
    codeShown: 'green',
    temperature: 364,
  } as const
  const until = '2021-11-03T08:00:00Z'
  const now = Date.parse('2021-11-03T01:00:00Z')

  it('CHK7 is known again under the same key, by a hash that tells nobody', async () => {
    const token = await passToken(key, '示A00001')
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await passToken(key.replace('AAEC', 'BAEC'), '示A00001')).not.toBe(token)
    const shelf = new Shelf()
    const passers = new Passers(shelf)
    passers.note(key, until, token, { at: '2021-11-03T00:10:00Z', last }, now)
    passers.note(key, until, token, { at: '2021-11-03T00:50:00Z', last }, now)
    expect(passers.find(key, token, now)).toEqual({ times: 2, at: '2021-11-03T00:50:00Z', last })
    expect([...shelf.kept.values()].join()).not.toContain('00001')
    expect([...shelf.kept.values()].join()).not.toContain(key)
  })

  it('CHK7 is forgotten with the shift’s key', async () => {
    const token = await passToken(key, '示A00001')
    const shelf = new Shelf()
    const passers = new Passers(shelf)
    passers.note(key, until, token, { at: until, last }, now)
    expect(passers.find(key, token, Date.parse(until))).toBeUndefined()
    expect(shelf.kept.size).toBe(0)
    passers.note(key, until, token, { at: until, last }, now)
    expect(passers.find(`B${key.slice(1)}`, token, now)).toBeUndefined()
    expect(shelf.kept.size).toBe(0)
  })

  it('CHK7 a full or torn storage costs the convenience and nothing else', async () => {
    const token = await passToken(key, '示A00001')
    const shelf = new Shelf()
    const passers = new Passers(shelf)
    shelf.kept.set('fangxian.passers', '{"key":')
    expect(passers.find(key, token, now)).toBeUndefined()
    shelf.full = true
    passers.note(key, until, token, { at: until, last }, now)
    expect(passers.find(key, token, now)).toBeUndefined()
  })
})
