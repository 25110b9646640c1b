// Requests to swap as Excel: what the list shows, with how each of them ended.
import { allRows } from '../../kernel/all-rows.ts'
import { fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { workbookFile, writeColumn as column } from '../../sheets/index.ts'
import { swapKindTitles, swapStateTitles, swaps } from './contracts.ts'
import type { SwapDutyView } from './swap-reads.ts'

function timesOf({ agency }: ReaderHands) {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: agency.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  const time = (instant: string | null) => (instant === null ? '' : format.format(new Date(instant)))
  const duty = (one: SwapDutyView | null) =>
    one === null
      ? ''
      : `${one.postName} ${time(one.begins)}—${time(one.ends)} ${one.bands.map(band => band.zh).join('、')}`
  return { time, duty }
}

export const swapFiles = [
  fileMaker({
    name: 'roster.exportSwaps',
    title: { zh: '换班台账', en: 'List of swaps' },
    roles: swaps.roles,
    input: swaps.input.omit({ offset: true, limit: true }),
    async make(input, hands) {
      const rows = await allRows(hands, swaps, input)
      const { time, duty } = timesOf(hands)
      const today = dutyDayOf(hands.agency, hands.now().toISOString())
      return workbookFile(`换班台账-${today}`, {
        sheetName: '换班台账',
        title: `${hands.agency.name}换班台账`,
        orientation: 'landscape',
        columns: [
          column('asker', '申请人'),
          column('askerUnit', '申请人单位'),
          column('kind', '类别'),
          column('given', '让出的班次'),
          column('partner', '对方'),
          column('partnerUnit', '对方单位'),
          column('returned', '换回的班次'),
          column('askedAt', '申请时间'),
          column('dueAt', '须在此前审批'),
          column('state', '状态'),
          column('settledAt', '办结时间'),
          column('version', '勤务表版次', 'int'),
          column('reason', '不批准的理由'),
        ],
        rows: rows.map(row => ({
          asker: row.asker.name,
          askerUnit: row.asker.unitName,
          kind: swapKindTitles[row.kind].zh,
          given: duty(row.given),
          partner: row.partner?.name ?? '',
          partnerUnit: row.partner?.unitName ?? '',
          returned: duty(row.returned),
          askedAt: time(row.askedAt),
          dueAt: time(row.dueAt),
          state: swapStateTitles[row.state].zh,
          settledAt: time(row.settledAt),
          version: row.version,
          reason: row.reason,
        })),
      })
    },
  }),
]
