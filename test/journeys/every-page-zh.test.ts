// Every page that is declared, at the desk, on a phone and at 200 % zoom, in Chinese.
import { describe, expect, it } from 'vitest'
import { bureauAtWork, lookAtAll, recordsInWords, zoomed } from './every-page.ts'
import { desk, phone, stage } from './stage.ts'

const lang = 'zh'

describe('every page with nothing on the books', async () => {
  const w = await stage()
  await w.account('990101', '周示一', ['administrator', 'commander'])

  it('WEB20 opens, reads and fits at the desk and on a phone, zh', async () => {
    const at = { state: 'nothing', lang, sizes: [desk, phone], axe: [desk] } as const
    expect(await lookAtAll(w, at)).toEqual([])
  })
})

describe('every page of a bureau at work', async () => {
  const w = await stage()
  await bureauAtWork(w)

  it('WEB21 opens, reads and fits at the desk and on a phone, zh', async () => {
    const at = { state: 'bureau', lang, sizes: [desk, phone], axe: [phone] } as const
    expect(await lookAtAll(w, at)).toEqual([])
  })

  it('WEB22 can be read and fits at 200 % zoom, the longest names too, zh', async () => {
    const at = { state: 'zoomed', lang, sizes: [zoomed], axe: [] } as const
    expect(await lookAtAll(w, at)).toEqual([])
  })

  it('WEB37 the records behind every figure are in words, zh', async () => {
    const { raw, heads } = await recordsInWords(w, lang)
    expect(raw).toEqual([])
    expect(heads).toBeGreaterThan(60)
  })
})
