import type { Words } from '../../../ui/index.ts'

export const importWords = {
  title: { zh: '导入警力', en: 'Import officers' },
  drop: { zh: '把花名册拖到这里，或点此选择', en: 'Drop the list here, or choose a file' },
  dropNote: {
    zh: 'Excel(.xlsx、.xls、.xlsb)、WPS、ods 或 CSV;列名和列序不限，一次最多 5,000 人',
    en: 'Excel (.xlsx, .xls, .xlsb), WPS, ods or CSV; any column names and order, up to 5,000 officers',
  },
  acceptedNote: { zh: '新增 {added}，更新 {updated}', en: '{added} new, {updated} updated' },
  cleaned: { zh: '去内空格 {n} 行', en: '{n} {n|name|names} cleaned' },
  matched: { zh: '{n} 值已对照', en: '{n} {n|value|values} matched' },
  unknownWord: { zh: '「{word}」待对照', en: '“{word}” to be matched' },
  unknownMore: { zh: '「{word}」等 {n} 个词待对照', en: '“{word}” and others, {n} to be matched' },
  matchWord: { zh: '「{word}」是', en: '“{word}” means' },
  matchNothing: { zh: '忽略', en: 'nothing' },
  existing: { zh: '警号已在册的行', en: 'Rows already on the books' },
  update: { zh: '更新原记录', en: 'Update' },
  skip: { zh: '跳过', en: 'Leave out' },
  pickUnit: { zh: '选单位', en: 'Choose the unit' },
  pickKind: { zh: '选类别', en: 'Choose the kind' },
  added: { zh: '新增', en: 'New' },
  updated: { zh: '更新', en: 'Update' },
  write: { zh: '写入 {n} 人', en: 'Write {n} officers' },
  writing: { zh: '正在写入 {n} 人', en: 'Writing {n} officers' },
  done: { zh: '已写入 {n} 人', en: '{n} officers are written' },
  doneNote: {
    zh: '新增 {added} 人，更新 {updated} 人，未变 {unchanged} 人；重新加密手机号 {phones} 个。',
    en: '{added} new, {updated} updated, {unchanged} unchanged; {phones} phones sealed anew.',
  },
} satisfies Words
