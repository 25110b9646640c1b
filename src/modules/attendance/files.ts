// The sign-in sheet (签到表) of a duty day as Excel, with the columns of the paper.
import { z } from 'zod'
import { fileMaker } from '../../kernel/module.ts'
import { writeWorkbook } from '../../sheets/index.ts'
import {
  dayFilters,
  dayList,
  deskReaders,
  seatMarkTitles,
  seatStateTitles,
  type SeatView,
} from './contracts.ts'
import { clockOf } from './moment.ts'
import { compare } from './seats.ts'

const rowsMost = 5_000
const kindZh: Record<string, string> = {
  police: '民警',
  auxiliary: '辅警',
  civilian: '职工',
  attached: '支援',
}

/** What stands in the last column of the paper: late, early, whose place, not there. Never why. */
export function remarkOf(row: SeatView): string {
  const { presence } = row
  const said: string[] = []
  if (presence && presence.lateMinutes > 0) said.push(`迟到${presence.lateMinutes}分钟`)
  if (presence && presence.earlyMinutes > 0) said.push(`早退${presence.earlyMinutes}分钟`)
  if (row.replacesName) said.push(`顶班(顶${row.replacesName})`)
  if (row.replacedByName) said.push(`由${row.replacedByName}顶班`)
  if (row.overlaps) said.push(seatMarkTitles.overlap.zh)
  if (!presence && (row.state === 'absent' || row.state === 'unavailable' || row.state === 'missing'))
    said.push(seatStateTitles[row.state].zh)
  if (presence?.way === 'corrected') said.push('补签')
  if (presence?.way === 'leader') said.push('代签')
  return said.join('、')
}
const input = z.strictObject(dayFilters)

export const files = [
  fileMaker({
    name: 'attendance.signInSheet',
    title: { zh: '签到表', en: 'Sign-in sheet' },
    roles: [...deskReaders, 'system'],
    input,
    async make(asked, hands) {
      const found = await hands.ask(dayList, { ...asked, limit: rowsMost })
      const time = clockOf(hands.agency.timeZone)
      const rows = [...found.rows].sort(
        (a, b) => compare(a.begins, b.begins) || compare(a.postCode, b.postCode) || compare(a.key, b.key),
      )
      const [, month = '', day = ''] = asked.day.split('-')
      const title = `${hands.agency.name}${Number(month)}月${Number(day)}日签到表`
      const worked = rows.filter(row => row.presence !== null).length
      const bytes = await writeWorkbook({
        sheetName: '签到表',
        title,
        subtitleLeft: `填报单位(盖章):${hands.agency.name}`,
        subtitleRight: `勤务日:${Number(month)}月${Number(day)}日`,
        columns: [
          { key: 'no', header: '序号', kind: 'int' },
          { key: 'name', header: '姓名', kind: 'text' },
          { key: 'unit', header: '单位', kind: 'text' },
          { key: 'kind', header: '人员类别', kind: 'text' },
          { key: 'badge', header: '警号(辅警编号)', kind: 'text' },
          { key: 'post', header: '点位', kind: 'text' },
          { key: 'band', header: '班次', kind: 'text' },
          { key: 'due', header: '应到时间', kind: 'text' },
          { key: 'came', header: '签到时间', kind: 'text' },
          { key: 'left', header: '签退时间', kind: 'text' },
          { key: 'signed', header: '本人签名', kind: 'text' },
          { key: 'note', header: '备注', kind: 'text' },
        ],
        rows: rows.map((row, n) => ({
          no: n + 1,
          name: row.officerName,
          unit: row.unitName,
          kind: kindZh[row.kind] ?? '',
          badge: row.badge,
          post: row.postName,
          band: row.bandZh,
          due: time(row.begins),
          came: row.presence ? time(row.presence.cameAt) : '',
          left: row.presence?.leftAt ? time(row.presence.leftAt) : '',
          signed: '',
          note: remarkOf(row),
        })),
        foot: [`合计: 应到 ${rows.length} 人次,到岗 ${worked} 人次。`],
        orientation: 'landscape',
      })
      return {
        fileName: `${title}.xlsx`,
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes,
      }
    },
  }),
]
