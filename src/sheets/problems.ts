/**
 * Every way in which a file can be refused. The texts say what is wrong and what the person can do;
 * `{name}` is replaced by the value of that name. The catalogue is data so that the app can list it.
 */
export interface SheetProblemEntry {
  status: 400 | 413 | 422
  zh: string
  en: string
}

export const sheetProblems = {
  'sheets/empty-file': {
    status: 422,
    zh: '文件是空的。请确认选对了文件。',
    en: 'The file is empty. Check that it is the right file.',
  },
  'sheets/too-large': {
    status: 413,
    zh: '文件有 {size} MB，上限 {limit} MB。请拆成几个文件，或删去图片后再导入。',
    en: 'The file has {size} MB, the limit is {limit} MB. Split it, or remove pictures, then import again.',
  },
  'sheets/expands-too-far': {
    status: 413,
    zh: '文件解开后有 {size} MB，上限 {limit} MB，可能是压缩炸弹或整列设了格式的空表。请把有内容的行复制到新表再导入。',
    en: 'The file unpacks to {size} MB, the limit is {limit} MB: a zip bomb, or blank cells formatted down whole columns. Copy the filled rows to a new workbook and import that.',
  },
  'sheets/too-many-rows': {
    status: 413,
    zh: '表格超过 {limit} 行，没有导入任何一行。请拆成几个文件。',
    en: 'There are more than {limit} rows; none was imported. Split the file.',
  },
  'sheets/too-many-cells': {
    status: 413,
    zh: '表格超过 {limit} 个单元格，没有导入任何一行。请只保留需要的列，或拆成几个文件。',
    en: 'There are more than {limit} cells; nothing was imported. Keep only the columns needed, or split the file.',
  },
  'sheets/text-too-long': {
    status: 413,
    zh: '有单元格或全表文字过长（{size} 字，上限 {limit} 字），没有导入任何一行。请缩短后再导入。',
    en: 'A cell, or all text together, is too long ({size} characters, limit {limit}); nothing was imported. Shorten it.',
  },
  'sheets/too-slow': {
    status: 422,
    zh: '读取超过 {limit} 秒，已停止，没有导入任何一行。请把有内容的行复制到新表再导入。',
    en: 'Reading took more than {limit} seconds and was stopped; nothing was imported. Copy the filled rows to a new workbook and import that.',
  },
  'sheets/out-of-memory': {
    status: 413,
    zh: '读取这个文件需要的内存超过 {limit} MB，已停止，没有导入任何一行。请拆成几个文件。',
    en: 'Reading this file needs more than {limit} MB of memory and was stopped; nothing was imported. Split the file.',
  },
  'sheets/encrypted': {
    status: 422,
    zh: '文件设了打开密码。请在 Excel 或 WPS 中取消密码，另存后再导入。',
    en: 'The file has a password. Remove it in Excel or WPS, save, and import again.',
  },
  'sheets/not-a-workbook': {
    status: 422,
    zh: '这不是表格文件（{found}）。请选择 .xlsx、.xls、.xlsb、.ods 或 .csv 文件。',
    en: 'This is not a spreadsheet ({found}). Choose an .xlsx, .xls, .xlsb, .ods or .csv file.',
  },
  'sheets/web-page': {
    status: 422,
    zh: '文件是以 .xls 为名的网页或 XML，不是真正的 Excel。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。',
    en: 'The file is a web page or XML under the name of a workbook. Open it in Excel or WPS, save it as .xlsx, and import that.',
  },
  'sheets/wrong-extension': {
    status: 422,
    zh: '文件名以 .{extension} 结尾，内容却是 {found}。请确认选对了文件；如果没错，把扩展名改为 .{found} 再导入。',
    en: 'The name ends in .{extension} but the content is {found}. Check the file; if it is right, rename it to .{found} and import again.',
  },
  'sheets/damaged': {
    status: 422,
    zh: '文件已损坏或不完整，读不出来（{detail}）。请在 Excel 或 WPS 中打开，另存为新文件再导入。',
    en: 'The file is damaged or incomplete ({detail}). Open it in Excel or WPS, save it under a new name, and import that.',
  },
  'sheets/open-quote': {
    status: 422,
    zh: '第 {row} 行有一个引号没有闭合，其后的内容都会并进一个单元格。请补上引号，或另存为 .xlsx 再导入。',
    en: 'A quotation mark opened in row {row} is never closed, so all that follows would fall into one cell. Close it, or save the file as .xlsx.',
  },
  'sheets/unknown-encoding': {
    status: 422,
    zh: '认不出文字编码：既不是 UTF-8，也不是 GB18030（第 {line} 行起有不能识别的字节）。请选择编码，或在 Excel 中另存为“CSV UTF-8”再导入。',
    en: 'The text encoding is neither UTF-8 nor GB18030 (unreadable bytes from line {line}). Choose the encoding, or save as "CSV UTF-8" in Excel.',
  },
  'sheets/column-missing': {
    status: 422,
    zh: '缺少必需的列：{columns}。请在“列对照”中指定。',
    en: 'Required columns are missing: {columnsEn}. Choose them in the column mapping.',
  },
  'sheets/no-list': {
    status: 422,
    zh: '表中找不到表头和数据。请确认选对了文件和工作表；可先下载模板对照。',
    en: 'There is no header and no data in the sheet. Check the file and the sheet; the template shows what is expected.',
  },
  'sheets/no-faults': {
    status: 422,
    zh: '没有有误的行，可以直接写入。',
    en: 'No row was refused; everything can be written.',
  },
  'sheets/mapping-conflict': {
    status: 422,
    zh: '列对照有冲突：{detail}。请改正后再导入。',
    en: 'The column mapping conflicts: {detail}. Correct it and import again.',
  },
  'sheets/too-many-merges': {
    status: 413,
    zh: '合并单元格过多或互相重叠，无法展开。请在 Excel 中取消合并后再导入。',
    en: 'There are too many or overlapping merged cells. Unmerge them in Excel and import again.',
  },
} as const satisfies Record<string, SheetProblemEntry>

export type SheetProblemCode = keyof typeof sheetProblems

/** Where the fault is, in the terms a person sees in Excel. Every part is optional. */
export interface SheetPlace {
  file?: string
  sheet?: string
  /** 1-based, as Excel shows it. */
  row?: number
  /** Letter, as Excel shows it. */
  column?: string
  /** Physical line of a text file, 1-based. */
  line?: number
}

export type ProblemDetails = Record<string, string | number>

function filled(template: string, details: ProblemDetails): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    details[name] === undefined ? whole : String(details[name]),
  )
}

export class SheetProblem extends Error {
  override readonly name = 'SheetProblem'
  readonly code: SheetProblemCode
  readonly status: number
  readonly zh: string
  readonly en: string
  readonly where: SheetPlace
  readonly details: ProblemDetails

  constructor(code: SheetProblemCode, details: ProblemDetails = {}, where: SheetPlace = {}) {
    const entry = sheetProblems[code]
    super(`${code}: ${filled(entry.en, details)}`)
    this.code = code
    this.status = entry.status
    this.zh = filled(entry.zh, details)
    this.en = filled(entry.en, details)
    this.where = where
    this.details = details
  }
}
