import { describe, expect, it } from 'vitest'
import { Problem } from '../../kernel/contract.ts'
import { parseInput } from '../../kernel/input.ts'
import { type Person, world } from '../../kernel/world.ts'
import { readSheets, writeWorkbook } from '../../sheets/index.ts'
import { access } from '../access/index.ts'
import { operations } from '../operations/index.ts'
import {
  addUnit,
  importOfficers,
  officer,
  officerPhones,
  officers,
  rememberMapping,
  retireOfficer,
} from './contracts.ts'
import type { Preview } from './import-shapes.ts'
import { people } from './index.ts'
import { importing } from './test-import.ts'

const text = (csv: string) => Buffer.from(csv, 'utf8')

describe('import of officers', async () => {
  const w = await world([access, operations, people], '2021-11-03T06:00:00.000Z')
  const admin = w.person('周示一', ['administrator'])
  const viewer = w.person('韩样九', ['viewer'])

  const { upload, look, withIds } = importing(w, admin)
  const write = (preview: Preview) => admin.does(importOfficers, { rows: withIds(preview.accepted) })
  const made = async (name: string, input: object, who: Person = admin) => {
    const maker = people.files?.find(each => each.name === name)
    if (!maker) throw new Error(`no file ${name}`)
    return maker.make(parseInput(maker.input, input) as never, await w.kernel.reader(who.actor))
  }
  const codeOf = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      if (error instanceof Problem) return error.code
      throw error
    }
    throw new Error('it was answered')
  }

  const roster = () =>
    writeWorkbook({
      sheetName: '全局',
      title: '青禾县公安局警力花名册',
      subtitleLeft: '填报单位(盖章):',
      columns: ['序号', '姓名', '警号／编号', '类别', '所属单位', '联系电话', '特长', '备注'].map(header => ({
        key: header,
        header,
        kind: 'text' as const,
        ...(header === '所属单位' ? { mergeDown: true } : {}),
      })),
      rows: [
        ['1', '周　一', '990131', '(民)', '城东派出所', '100 0000 0001', '防护、会开车', '★'],
        ['2', '郑例二10000000002', '990132', '民警', '城东派出所', '', '带班', ''],
        ['3', '冯样三(辅)', 'FJ99013', '', '城东派出所', '10000000003', '无', ''],
        ['4', '陈示四', '99O135', '民警', '交警', '10000000004', '', ''],
        ['5', '', '990136', '民警', '交警', '', '', ''],
        ['6', '卫样六', '990137', '民警', '城南派出所', '', '', ''],
        ['7', '蒋示七', 'FJ9904A', '辅警', '交警', '', '', ''],
        ['8', '沈例八', 'FJ99020', '协警', '交警', '', '', ''],
        ['9', '韩样九', '990139', '民警', '交警', '1000000001', '', ''],
        ['10', '杨示十', '990131', '民警', '交警', '', '', ''],
      ].map(cells =>
        Object.fromEntries(
          cells.map((cell, at) => [
            ['序号', '姓名', '警号／编号', '类别', '所属单位', '联系电话', '特长', '备注'][at],
            cell,
          ]),
        ),
      ),
      totals: { label: '合计' },
      foot: true,
    })

  it('PPL30 a list as it comes on paper: titles, padded names, glued phones, merged units, totals and feet', async () => {
    const unitId = w.newId()
    await admin.does(addUnit, { unitId, name: '城东派出所', shortName: '城东所', kind: 'station', sort: 2 })
    await admin.does(addUnit, {
      unitId: w.newId(),
      name: '交通警察大队',
      shortName: '交警',
      kind: 'brigade',
      sort: 1,
    })
    const seen = await look('2021年秋季警力花名册.xlsx', await roster())
    expect(seen.counts).toEqual({ read: 10, accepted: 3, refused: 6, duplicate: 1, added: 3, updated: 0 })
    expect(seen.columns.map(column => column.field)).toEqual([
      null,
      'name',
      'badge',
      'kind',
      'unit',
      'phone',
      'skills',
      null,
    ])
    expect(seen.columns[5]?.sample).toBe('100****0001')
    expect(seen.columns[6]?.unknown).toEqual([{ word: '会开车', rows: 1 }])
    expect(seen.accepted.map(one => one.value)).toMatchObject([
      {
        name: '周一',
        badge: '990131',
        kind: 'police',
        unit: '城东派出所',
        phone: '10000000001',
        skills: ['ppe'],
      },
      { name: '郑例二', phone: '10000000002', skills: ['leader'] },
      { name: '冯样三', kind: 'auxiliary', badge: 'FJ99013', skills: [] },
    ])
    expect(seen.passedOver.map(one => one.zh)).toEqual(['合计行', '表尾签字栏'])
    expect([seen.headerRow, seen.firstRow, seen.lastRow]).toEqual([3, 4, 13])
    expect(seen.duplicates).toMatchObject([{ row: 13, badge: '990131', onBooks: false }])
  })

  it('PPL31 each fault names row, column, header, the cell as it stands, and mends by one click where it can', async () => {
    const seen = await look('花名册.xlsx', await roster())
    const faults = seen.refused.map(one => [
      one.row,
      one.column,
      one.header,
      one.text,
      one.zh,
      one.fix?.value,
    ])
    expect(faults).toEqual([
      [7, 'C', '警号/编号', '99O135', '含字母 O，警号须为 6 位数字', '990135'],
      [8, 'B', '姓名', '', '姓名不能为空', undefined],
      [9, 'E', '所属单位', '城南派出所', '部门表中无此单位', undefined],
      [10, 'C', '警号/编号', 'FJ9904A', '辅警编号须为 1–3 个大写字母加 4–6 位数字', undefined],
      [11, 'D', '类别', '协警', '只能是民警、辅警、职工、支援', 'auxiliary'],
      [12, 'F', '联系电话', '1000000001', '少 1 位，须 11 位数字', undefined],
    ])
    const mended = await look('花名册.xlsx', await roster(), {
      fixes: [
        { row: 7, column: 'C', text: '990135' },
        { row: 8, column: 'B', text: '褚例五' },
        { row: 12, column: 'F', text: '10000000010' },
        { row: 4_000, column: 'ZZ', text: '没有这一行' },
      ],
      words: [
        { field: 'kind', word: '协警', means: 'auxiliary' },
        { field: 'unit', word: '城南派出所', means: '城东派出所' },
        { field: 'skills', word: '会开车', means: 'driver' },
      ],
    })
    expect(mended.counts).toMatchObject({ read: 10, accepted: 8, refused: 1, duplicate: 1 })
    expect(mended.accepted[0]?.value.skills).toEqual(['driver', 'ppe'])
    const unitMended = mended.accepted.find(one => one.value.name === '卫样六')
    expect(unitMended?.value.unit).toBe('城东派出所')
  })

  it('PPL32 what was accepted is written by one command; the same list again changes nothing', async () => {
    const first = await look('花名册.xlsx', await roster())
    expect(await write(first)).toEqual({ added: 3, updated: 0, unchanged: 0, phones: 0 })
    const again = await look('花名册.xlsx', await roster())
    expect(again.counts).toMatchObject({ added: 0, updated: 3 })
    expect(await write(again)).toEqual({ added: 0, updated: 0, unchanged: 3, phones: 3 })
    const list = await viewer.asks(officers)
    expect(list.rows.map(row => [row.name, row.skills])).toEqual([
      ['冯样三', []],
      ['郑例二', ['leader']],
      ['周一', ['ppe']],
    ])
    const ids = list.rows.map(row => row.officerId)
    const phones = await admin.asks(officerPhones, { officerIds: ids, purpose: '核对号码' })
    expect(phones.rows.map(row => row.phone).sort()).toEqual(['10000000001', '10000000002', '10000000003'])
    const skipped = await look('花名册.xlsx', await roster(), { existing: 'skip' })
    expect(skipped.counts).toMatchObject({ accepted: 0, duplicate: 4 })
    expect(skipped.duplicates.filter(one => one.onBooks)).toHaveLength(3)
  })

  it('PPL33 import again updates by badge number: what is blank stays, 无 clears, other skills go', async () => {
    const csv = '警号,姓名,单位,职务,电话,资质\n990131,周示一,交警,中队长,,驾驶\nFJ99013,冯样三,城东所,,无,\n'
    const seen = await look('更新.csv', text(csv))
    expect(seen.counts).toMatchObject({ added: 0, updated: 2 })
    expect(await write(seen)).toEqual({ added: 0, updated: 2, unchanged: 0, phones: 0 })
    const { rows } = await viewer.asks(officers)
    const zhou = rows.find(row => row.badge === '990131')
    expect(zhou).toMatchObject({ name: '周示一', title: '中队长', unitName: '交警', skills: ['driver'] })
    expect(zhou?.hasPhone).toBe(true)
    expect(rows.find(row => row.badge === 'FJ99013')).toMatchObject({ hasPhone: false })
    expect((await viewer.asks(officers, { search: 'zhoushiyi' })).total).toBe(1)
  })

  it('PPL34 the export gives the same columns back and is imported without a change', async () => {
    const bare = await made('people.exportOfficers', {})
    const seen = await look(bare.fileName, bare.bytes)
    expect(seen.columns.every(column => column.field !== null)).toBe(true)
    expect(seen.counts).toMatchObject({ read: 3, updated: 3, refused: 0 })
    expect(await write(seen)).toEqual({ added: 0, updated: 0, unchanged: 3, phones: 0 })
    const full = await made('people.exportOfficers', {
      purpose: '印制通讯录',
      kinds: ['police'],
      columns: ['badge', 'phone'],
    })
    const [sheet] = (await readSheets(full.bytes, full.fileName)).sheets
    const cells = sheet?.rows
      .slice(3, 5)
      .map(row => row.map(cell => [cell.kind, 'text' in cell ? cell.text : '']))
    expect(cells).toEqual([
      [
        ['text', '990131'],
        ['text', '10000000001'],
      ],
      [
        ['text', '990132'],
        ['text', '10000000002'],
      ],
    ])
    expect(await codeOf(() => made('people.exportOfficers', { purpose: '看' }))).toBe('kernel/bad-input')
    expect(await codeOf(() => made('people.exportOfficers', { purpose: '看一看' }, viewer))).toBe(
      'kernel/no-right',
    )
    const template = await made('people.template', {})
    expect((await look(template.fileName, template.bytes)).missing).toEqual([])
  })
  it('PPL35 refused rows come back as a sheet that can be imported alone', async () => {
    const answer = (await upload('people.errorRows', '花名册.xlsx', await roster())) as {
      fileName: string
      base64: string
    }
    expect(answer.fileName).toBe('花名册-有误6行.xlsx')
    const bytes = Buffer.from(answer.base64, 'base64')
    const seen = await look(answer.fileName, bytes)
    expect(seen.counts).toMatchObject({ read: 6, refused: 6 })
    expect(seen.columns.at(-1)?.header).toBe('哪里不对')
    const clean = text('警号,姓名,单位\n990150,秦样二,交警\n')
    expect(await codeOf(() => upload('people.errorRows', 'a.csv', clean))).toBe('sheets/no-faults')
  })

  it('PPL36 a mapping made by hand is remembered for its source, also when a column is added', async () => {
    const csv = '人,号,哪个所\n尤示三,990161,交警\n'
    const before = await look('外来.csv', text(csv))
    expect(before.missing).toEqual(['name', 'badge', 'unit'])
    expect(before.counts.read).toBe(0)
    const mapping = { A: 'name', B: 'badge', C: 'unit' }
    const chosen = await look('外来.csv', text(csv), { mapping })
    expect(chosen.counts).toMatchObject({ read: 1, accepted: 1 })
    const { source, signature } = chosen
    const columns = chosen.columns.map(({ letter, header, field }) => ({ letter, header, key: field }))
    const leader = w.person('秦样二', ['unitLeader'])
    const kept = { subject: 'officers' as const, source, signature, columns }
    expect(await leader.isRefused(rememberMapping, kept)).toBe('kernel/no-right')
    await admin.does(rememberMapping, kept)
    expect(await look('外来.csv', text(csv))).toMatchObject({ remembered: true, missing: [] })
    const wider = await look('外来.csv', text('备考,人,号,哪个所\n,尤示三,990161,交警\n'))
    expect(wider.columns.map(column => column.field)).toEqual([null, 'name', 'badge', 'unit'])
    expect(
      await codeOf(() => look('外来.csv', text(csv), { mapping: { A: 'name', B: 'name', C: 'unit' } })),
    ).toBe('sheets/mapping-conflict')
  })

  it('PPL37 the command refuses what the preview would not have let through, and writes nothing', async () => {
    const row = {
      officerId: w.newId(),
      badge: '990171',
      name: '许例四',
      kind: 'police' as const,
      unit: '交警',
    }
    const known = (await viewer.asks(officers, { search: '990131' })).rows[0]
    const refused = (...rows: object[]) => admin.isRefused(importOfficers, { rows })
    expect(await refused(row, { ...row, officerId: w.newId() })).toBe('people/import-twice')
    expect(await refused(row, { ...row, badge: '99017', officerId: w.newId() })).toBe('people/badge-format')
    expect(await refused({ ...row, unit: '无此所' })).toBe('people/import-unit')
    expect(await refused({ ...row, badge: '990131' })).toBe('people/import-stale')
    expect(await refused({ ...row, officerId: known?.officerId })).toBe('people/officer-exists')
    expect(await refused({ ...row, kind: 'attached' })).toBe('people/home-agency-needed')
    expect(await refused({ ...row, beginsOn: '2021-11-05', endsOn: '2021-11-04' })).toBe(
      'people/ends-before-it-begins',
    )
    expect(await refused()).toBe('kernel/bad-input')
    expect(await refused(...Array.from({ length: 5_001 }, () => row))).toBe('kernel/bad-input')
    expect(await refused({ ...row, phone: { a: 1 } })).toBe('kernel/bad-input')
    expect(await viewer.isRefused(importOfficers, { rows: [row] })).toBe('kernel/no-right')
    const limited = w.person('杨示十', ['administrator'], { unitIds: [known?.unitId ?? ''] })
    expect(await limited.isRefused(importOfficers, { rows: [row] })).toBe('people/agency-wide-only')
    expect(await codeOf(() => look('a.csv', text('姓名\n'), {}, limited))).toBe('people/agency-wide-only')
    expect((await viewer.asks(officers, { search: '许例四' })).total).toBe(0)
  })

  it('PPL38 somebody off the books is not brought back by a list', async () => {
    const { rows } = await viewer.asks(officers, { search: 'FJ99013' })
    const officerId = rows[0]?.officerId ?? ''
    await admin.does(retireOfficer, { officerId, endsOn: '2021-11-02' })
    const seen = await look('a.csv', text('警号,姓名,单位\nFJ99013,冯样三,交警\n'))
    expect(seen.refused[0]?.zh).toBe('该警号的人员已离册，须先恢复在册')
    const row = { officerId, badge: 'FJ99013', name: '冯样三', kind: 'auxiliary' as const, unit: '交警' }
    expect(await admin.isRefused(importOfficers, { rows: [row] })).toBe('people/import-retired')
    expect((await viewer.asks(officer, { officerId })).unitName).toBe('城东所')
  })

  it('PPL39 lost merges, GB18030, hidden marks, formulas and lost digits', async () => {
    const lost = await look('a.csv', text('警号,姓名,单位\n990181,何样五,交警\n990182,吕示六,\n'))
    expect(lost.refused[0]?.fix).toMatchObject({ value: '交警', zh: '同上：交警', all: false })
    const gb = Buffer.from('vqa6xSzQ1cP7LLWlzrsKOTkwMTgxLMqp0fnO5Sy9u76vCg==', 'base64')
    expect((await look('gb.csv', gb)).encoding).toBe('gb18030')
    const odd = await look(
      'b.csv',
      text(
        '警号,姓名,单位,职务\n９９０１８３,吕\u200b示六,交警,"=HYPERLINK(""x"")"\n1.23E+11,张样八,交警,\n',
      ),
    )
    expect(odd.accepted[0]?.value).toMatchObject({
      badge: '990183',
      name: '吕示六',
      title: '=HYPERLINK("x")',
    })
    expect(odd.refused[0]?.zh).toContain('已丢失')
    const html = '<table><tr><td>姓名</td></tr></table>'
    expect(await codeOf(() => look('a.xls', text(html)))).toBe('sheets/web-page')
    expect(await codeOf(() => look('a.csv', text('')))).toBe('sheets/empty-file')
    const many = `警号,姓名,单位\n${Array.from({ length: 5_001 }, (_, at) => `${980_000 + at},示例,交警`).join('\n')}`
    expect(await codeOf(() => look('a.csv', text(many)))).toBe('people/import-too-many')
  })
})
