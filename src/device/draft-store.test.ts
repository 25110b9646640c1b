import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { health, id, personal, staffText } from '../kernel/contract.ts'
import { closedFields, draftKey, pruneDrafts, readDraft, type TextStore, writeDraft } from './draft-store.ts'

/** A browser's storage, in memory. */
function store(): TextStore & { texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return {
    texts,
    getItem: key => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: key => void texts.delete(key),
    key: index => [...texts.keys()][index] ?? null,
    get length() {
      return texts.size
    },
  }
}

const input = z.strictObject({
  officerId: id(),
  name: staffText(60),
  phone: personal('officerId', 40).nullable().default(null),
  lines: z.array(z.strictObject({ officerId: id(), reason: health('officerId', 200).optional() })),
})
const base = { name: '', title: '民警', phone: '', shifts: ['early'] }
const key = draftKey('a1', 'officer new')
const none = new Set<string>()
const day = 86_400_000

describe('what was typed and not sent', () => {
  it('DRF1 comes back as it was left, over what the form begins with today', () => {
    const s = store()
    writeDraft(s, key, base, { ...base, name: '陈示四', shifts: ['early', 'late'] }, none, 0)
    const today = { ...base, title: '副所长' }
    expect(readDraft(s, key, today, none, day)).toEqual({
      name: '陈示四',
      title: '副所长',
      phone: '',
      shifts: ['early', 'late'],
    })
  })

  it('DRF2 personal and health fields are named by the contract, at any depth, and never kept', () => {
    const closed = closedFields(input)
    expect([...closed].sort()).toEqual(['phone', 'reason'])
    const s = store()
    writeDraft(s, key, base, { ...base, name: '陈示四', phone: '100 0000 0001' }, closed, 0)
    expect([...s.texts.values()].join()).not.toContain('0001')
    s.texts.set(key, JSON.stringify({ at: 0, fields: { phone: '100 0000 0001' } }))
    expect(readDraft(s, key, base, closed, 0)).toBeUndefined()
  })

  it('DRF3 of another account, or of another form, there is nothing', () => {
    const s = store()
    writeDraft(s, key, base, { ...base, name: '陈示四' }, none, 0)
    expect(readDraft(s, draftKey('a2', 'officer new'), base, none, 0)).toBeUndefined()
    expect(readDraft(s, draftKey('a1', 'post new'), base, none, 0)).toBeUndefined()
  })

  it('DRF4 a form that is as it began keeps nothing, and a week is the end', () => {
    const s = store()
    writeDraft(s, key, base, { ...base, name: '陈示四' }, none, 0)
    writeDraft(s, key, base, { ...base }, none, 0)
    expect(s.length).toBe(0)
    writeDraft(s, key, base, { ...base, name: '陈示四' }, none, 0)
    s.setItem('fangxian.lang', 'zh')
    expect(readDraft(s, key, base, none, 7 * day + 1)).toBeUndefined()
    pruneDrafts(s, 7 * day + 1)
    expect([...s.texts.keys()]).toEqual(['fangxian.lang'])
  })

  it('DRF5 what is no draft, or of a form that has changed since, does no harm', () => {
    const s = store()
    for (const text of [
      '',
      'x',
      'null',
      '[]',
      '{"at":"0"}',
      '{"at":0,"fields":null}',
      '{"at":0,"fields":{"gone":1}}',
    ]) {
      s.texts.set(key, text)
      expect(readDraft(s, key, base, none, 0), text).toBeUndefined()
    }
  })
})
