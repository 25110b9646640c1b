// The hand-over book of a post as Excel (交接班记录), one line a band with the columns of the paper.
import { z } from 'zod'
import { id, instant } from '../../kernel/contract.ts'
import { fileMaker } from '../../kernel/module.ts'
import { writeWorkbook } from '../../sheets/index.ts'
import {
  handoverBook,
  handoverCounts,
  handoverCountTitles,
  handoverStateTitles,
  type HandoverView,
  readers,
} from './contracts.ts'
import { clockOf } from './moment.ts'

const pagesMost = 500

/** `N95口罩 34只(应有40,少6);测温枪 1(应有2,少1,1把送修)`: what was counted, and how it differs. */
export function itemsText(page: HandoverView, kind: 'stock' | 'equipment'): string {
  return page.items
    .filter(one => one.kind === kind)
    .map(({ name, unit, should, counted, condition }) => {
      const notes: string[] = []
      if (should === null) notes.push('新增')
      else if (should !== counted) {
        notes.push(`应有${should}`, should > counted ? `少${should - counted}` : `多${counted - should}`)
      }
      if (condition) notes.push(condition)
      return `${name} ${counted}${unit}${notes.length > 0 ? `(${notes.join(',')})` : ''}`
    })
    .join(';')
}

const countsText = (page: HandoverView): string =>
  handoverCounts
    .map(key => `${handoverCountTitles[key].zh}${page.counts[key]}${handoverCountTitles[key].unit.zh}`)
    .join(',')

const mattersText = (page: HandoverView): string =>
  page.matters
    .filter(one => one.closedIn !== page.handoverId)
    .map(one => one.text)
    .join(';')

/** Each return with both figures: what was written and what was found. */
const returnsText = (page: HandoverView): string =>
  page.returns
    .map(one => {
      const figures = one.differences.map(two => {
        const title = two.kind === 'count' ? handoverCountTitles[two.name as 'people'].zh : two.name
        return `${title}旧数${two.stated}实数${two.found}`
      })
      return [`${one.by.name}退回:${one.why}`, ...figures].join(',')
    })
    .join(';')

const columns = [
  { key: 'no', header: '序号', kind: 'int' as const },
  ...[
    ['day', '日期'],
    ['band', '班次'],
    ['given', '交班时间'],
    ['weather', '天气'],
    ['counts', '本班情况'],
    ['events', '突发情况'],
    ['matters', '未办结事项'],
    ['orders', '上级指示/通报'],
    ['stock', '物资'],
    ['equipment', '装备'],
    ['know', '接班须知'],
    ['giver', '交班人'],
    ['successor', '接班人'],
    ['signed', '交接时间'],
    ['note', '备注'],
  ].map(([key = '', header = '']) => ({ key, header, kind: 'text' as const })),
]

export const handoverFiles = [
  fileMaker({
    name: 'attendance.handoverBook',
    title: { zh: '交接班记录', en: 'Hand-over book' },
    roles: readers,
    input: z.strictObject({
      postId: id(),
      from: instant().optional(),
      until: instant().optional(),
    }),
    async make(asked, hands) {
      const book = await hands.ask(handoverBook, { postId: asked.postId, limit: pagesMost })
      const within = (page: HandoverView) =>
        (!asked.from || page.from.begins >= asked.from) && (!asked.until || page.from.begins < asked.until)
      const pages = book.rows.filter(within).reverse()
      const time = clockOf(hands.agency.timeZone)
      const title = `${book.postName}交接班记录`
      const bytes = await writeWorkbook({
        sheetName: '交接班记录',
        title,
        subtitleLeft: `填报单位(盖章):${hands.agency.name}`,
        subtitleRight: `点位:${book.postCode} ${book.postName}`,
        columns,
        rows: pages.map((page, n) => ({
          no: n + 1,
          day: page.from.day,
          band: `${page.from.zh}→${page.to.zh}`,
          given: time(page.givenAt),
          weather: page.weather,
          counts: countsText(page),
          events: page.events,
          matters: mattersText(page),
          orders: page.orders,
          stock: itemsText(page, 'stock'),
          equipment: itemsText(page, 'equipment'),
          know: page.mustKnow,
          giver: page.giver.name,
          successor: page.signedAt
            ? page.successor.name
            : `${page.successor.name}(${handoverStateTitles[page.state].zh})`,
          signed: page.signedAt ? time(page.signedAt) : '',
          note: returnsText(page),
        })),
        foot: [`合计: ${pages.length} 班。`],
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
