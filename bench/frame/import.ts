// 5,000 officers from Excel: the file through the upload, the rows through the command, as the import page does it.
import { join } from 'node:path'
import { uuidv7 } from '../../src/kernel/ids.ts'
import type { Preview } from '../../src/modules/people/import-shapes.ts'
import { readSheets, writeWorkbook } from '../../src/sheets/index.ts'
import { inventedNames } from '../../scenarios/names.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import { benchFolder, post, served, signedIn } from './served.ts'

const many = 5_000
const unitCount = 40

async function workbook(): Promise<Buffer> {
  const names = inventedNames(900)
  return writeWorkbook({
    sheetName: '花名册',
    title: '警力花名册',
    columns: [
      { key: 'n', header: '序号', kind: 'int' },
      { key: 'unit', header: '单位', kind: 'text' },
      { key: 'name', header: '姓名', kind: 'text' },
      { key: 'badge', header: '警号', kind: 'text' },
      { key: 'kind', header: '人员类别', kind: 'text' },
      { key: 'sex', header: '性别', kind: 'text' },
      { key: 'phone', header: '联系电话', kind: 'text' },
      { key: 'skills', header: '资质', kind: 'text' },
    ],
    rows: Array.from({ length: many }, (_, n) => ({
      n: n + 1,
      unit: `第${(n % unitCount) + 1}派出所`,
      name: names[n % names.length] ?? '',
      badge: n % 3 === 0 ? String(990_000 + n) : `FJ${10_000 + n}`,
      kind: n % 3 === 0 ? '民警' : '辅警',
      sex: n % 4 === 0 ? '女' : '男',
      phone: `1000000${String(n).padStart(4, '0')}`,
      skills: n % 2 === 0 ? '防护、驾驶' : '带班',
    })),
  })
}

async function addUnits(base: string, cookie: string): Promise<void> {
  const entries = Array.from({ length: unitCount }, (_, n) => ({
    id: uuidv7(Date.now()),
    name: 'people.addUnit',
    version: 1,
    occurredAt: new Date().toISOString(),
    input: { unitId: uuidv7(Date.now()), name: `第${n + 1}派出所`, shortName: `${n + 1}所`, kind: 'station' },
  }))
  await post(base, '/api/commands', entries, cookie)
}

async function preview(base: string, cookie: string, bytes: Buffer): Promise<Preview> {
  const form = new FormData()
  form.set('input', '{}')
  form.set('file', new Blob([new Uint8Array(bytes)]), '花名册.xlsx')
  const response = await fetch(`${base}/api/uploads/people.readSheet`, {
    method: 'POST',
    headers: { cookie },
    body: form,
  })
  if (!response.ok) throw new Error(`upload: ${response.status} ${(await response.text()).slice(0, 300)}`)
  const found = (await response.json()) as Preview
  if (found.counts.accepted !== many) {
    throw new Error(
      `${found.counts.accepted} of ${many} rows were accepted; ${JSON.stringify(found.refused[0])}`,
    )
  }
  return found
}

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  const bytes = await workbook()
  const seconds = { read: [] as number[], upload: [] as number[], command: [] as number[] }
  const peaks: number[] = []
  const timed = async <T>(list: number[], work: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const result = await work()
    list.push((performance.now() - begun) / 1000)
    return result
  }
  const rounds = quick ? 1 : 3
  for (let round = 1; round <= rounds; round += 1) {
    say(`import: round ${round} of ${rounds}`)
    await timed(seconds.read, () => readSheets(new Uint8Array(bytes), 'bench.xlsx'))
    const place = benchFolder()
    const server = await served(join(place.folder, 'data'), ['--empty'])
    try {
      const cookie = await signedIn(server)
      await addUnits(server.base, cookie)
      server.forgetPeak()
      const found = await timed(seconds.upload, () => preview(server.base, cookie, bytes))
      const input = {
        rows: found.accepted.map(({ value }) => ({
          ...value,
          officerId: value.officerId ?? uuidv7(Date.now()),
        })),
      }
      await timed(seconds.command, () =>
        post(server.base, '/api/commands/people.importOfficers', input, cookie),
      )
      const peak = server.peakMb()
      if (peak !== undefined) peaks.push(peak)
    } finally {
      await server.stop()
      place.remove()
    }
  }
  const [read, upload, command] = [median(seconds.read), median(seconds.upload), median(seconds.command)]
  const peer = 'reading the workbook alone'
  const row = (name: string, value: number): Row => ({
    name: `import: ${name}`,
    value: rounded(value),
    unit: 's',
    ratio: rounded(value / read),
    peer,
  })
  return [
    row('5,000 officers, file to rows', upload + command),
    row('of it the upload with its preview', upload),
    row('of it the command', command),
    { name: `import: ${peer}`, value: rounded(read), unit: 's' },
    ...(peaks.length > 0
      ? [{ name: 'import: peak of the server', value: Math.max(...peaks), unit: 'MB' }]
      : []),
  ]
}
