// The sheet of people as a political office would send it, and the way back through the import a clerk would use.
import { writeWorkbook } from '../../src/sheets/index.ts'
import type { InputOf } from '../../src/kernel/contract.ts'
import type { importOfficers } from '../../src/modules/people/contracts.ts'
import type { Preview } from '../../src/modules/people/import-shapes.ts'
import type { Stage } from '../scenario.ts'
import { officers } from './bureau.ts'

type ImportRows = InputOf<typeof importOfficers>['rows']

const skillWords = { leader: '带班', ppe: '防护', driver: '驾驶', medical: '医疗' } as const

/** 警力花名册: one row a person, in the order of the tree. */
export async function peopleSheet(from: string, until: string): Promise<Buffer> {
  return writeWorkbook({
    sheetName: '花名册',
    title: '城西公安分局警力花名册',
    columns: [
      { key: 'n', header: '序号', kind: 'int' },
      { key: 'unit', header: '单位', kind: 'text' },
      { key: 'name', header: '姓名', kind: 'text' },
      { key: 'badge', header: '警号(或辅警编号)', kind: 'text' },
      { key: 'kind', header: '人员类别', kind: 'text' },
      { key: 'sex', header: '性别', kind: 'text' },
      { key: 'title', header: '职务', kind: 'text' },
      { key: 'phone', header: '联系电话', kind: 'text' },
      { key: 'skills', header: '资质', kind: 'text' },
      { key: 'homeAgency', header: '派出单位', kind: 'text' },
      { key: 'beginsOn', header: '支援开始', kind: 'text' },
      { key: 'endsOn', header: '支援结束', kind: 'text' },
    ],
    rows: officers().map((officer, n) => ({
      n: n + 1,
      unit: officer.unit,
      name: officer.name,
      badge: officer.badge,
      kind: officer.kindWord,
      sex: officer.sex === 'female' ? '女' : '男',
      title: officer.title,
      phone: officer.phone,
      skills: officer.skills.map(skill => skillWords[skill]).join('、'),
      homeAgency: officer.homeAgency,
      beginsOn: officer.kind === 'attached' ? from : '',
      endsOn: officer.kind === 'attached' ? until : '',
    })),
  })
}

/** Reads the sheet back through the upload that the import page uses, and refuses to lose a row. */
export async function rowsFromSheet(stage: Stage, bytes: Buffer): Promise<ImportRows> {
  const preview = (await stage.upload('people.readSheet', '警力花名册.xlsx', bytes, {})) as Preview
  const { read, accepted } = preview.counts
  if (read !== officers().length || accepted !== read) {
    const [first] = preview.refused
    throw new Error(
      `the sheet of people has ${officers().length} rows; ${read} were read and ${accepted} accepted; ` +
        `missing ${preview.missing.join()}; first refusal ${first ? `${first.row} ${first.column} ${first.en}` : 'none'}`,
    )
  }
  return preview.accepted.map(({ value }) => ({
    ...value,
    officerId: value.officerId ?? stage.id(`officer ${value.badge}`),
  }))
}
