// Encounters of a duty day, without anybody's identity: where, when, how warm, and what was decided.
import './desk.css'
import { useState } from 'react'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk, useClient } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  DayStep,
  type FilterDef,
  ListPage,
  useFormat,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { live, search } from '../contracts-lists.ts'
import {
  codeShownWords,
  directionWords,
  passerKinds,
  passerKindWords,
  verdictReasonWords,
  verdicts,
  verdictWords,
} from '../contracts-words.ts'
import { deskWords } from './desk-words.ts'

type Row = OutputOf<typeof search>['rows'][number]
const step = 200

function useColumns(): Column<Row>[] {
  const t = useWords(deskWords)
  const { lang } = useLang()
  const format = useFormat()
  const time = (at: string) => <span className="fx-date">{format.time(at)}</span>
  return [
    { key: 'time', title: t('time'), width: 70, grow: 0, narrow: true, render: row => time(row.occurredAt) },
    { key: 'post', title: t('post'), width: 190, grow: 2, narrow: true, render: row => row.postName },
    {
      key: 'passer',
      title: t('passer'),
      width: 70,
      grow: 0,
      render: row => passerKindWords[row.passer][lang],
    },
    {
      key: 'direction',
      title: t('direction'),
      width: 90,
      grow: 0,
      render: row => directionWords[row.direction][lang],
    },
    { key: 'people', title: t('people'), width: 70, grow: 0, align: 'end', render: row => row.people },
    {
      key: 'temperature',
      title: t('temperature'),
      width: 80,
      grow: 0,
      align: 'end',
      render: row => (row.temperature === null ? '' : `${(row.temperature / 10).toFixed(1)} ℃`),
    },
    { key: 'code', title: t('code'), width: 90, grow: 0, render: row => codeShownWords[row.codeShown][lang] },
    {
      key: 'disinfected',
      title: t('disinfected'),
      width: 90,
      grow: 0,
      hidden: true,
      render: row => t(row.disinfected ? 'yes' : 'no'),
    },
    {
      key: 'verdict',
      title: t('verdict'),
      width: 90,
      grow: 0,
      narrow: true,
      render: row =>
        row.verdict === 'pass' ? verdictWords.pass[lang] : <b>{verdictWords[row.verdict][lang]}</b>,
    },
    {
      key: 'reason',
      title: t('reason'),
      width: 140,
      grow: 1,
      render: row => (row.reason ? verdictReasonWords[row.reason][lang] : ''),
    },
    {
      key: 'received',
      title: t('received'),
      width: 80,
      grow: 0,
      hidden: true,
      render: row => time(row.receivedAt),
    },
  ]
}

function useFilters(): FilterDef[] {
  const t = useWords(deskWords)
  const { lang } = useLang()
  const posts = useAsk(live, {})
  return [
    {
      key: 'post',
      label: t('post'),
      options: (posts.data?.rows ?? []).map(row => ({ value: row.postId, label: row.postName })),
    },
    {
      key: 'verdict',
      label: t('verdict'),
      single: true,
      options: verdicts.map(value => ({ value, label: verdictWords[value][lang] })),
    },
    {
      key: 'passer',
      label: t('passer'),
      single: true,
      options: passerKinds.map(value => ({ value, label: passerKindWords[value][lang] })),
    },
  ]
}

const filterKeys = ['post', 'verdict', 'passer']

export default function RecordsPage() {
  const t = useWords(deskWords)
  const client = useClient()
  const go = useGo()
  const [address, setAddress] = useAddress()
  const list = useList([address, setAddress], { filters: filterKeys, keep: ['day'] })
  const [limit, setLimit] = useState(step)
  const current = useAsk(currentOperation, {})
  const day = address.day ?? current.data?.dutyDay ?? ''
  const input = {
    dayFrom: day,
    dayUntil: day,
    postIds: list.state.filters.post,
    verdict: list.one('verdict', verdicts),
    passer: list.one('passer', passerKinds),
  }
  const answer = useAsk(search, { ...input, limit }, { enabled: /^\d{4}-\d{2}-\d{2}$/.test(day) })
  const rows = answer.data?.rows ?? []
  return (
    <ListPage
      id="encounters"
      title={t('records')}
      actions={<DayStep day={day} onDay={next => setAddress({ ...address, day: next })} />}
      above={<p className="en-note">{t('noIdentity')}</p>}
      answer={answer}
      rowKey={row => row.encounterId}
      columns={useColumns()}
      {...list.page}
      searchHint={null}
      filters={useFilters()}
      empty={{
        sentence: t('emptyRecords'),
        example: t('emptyExample'),
        action: { label: t('toLive'), onClick: () => go('/encounters') },
      }}
      onReachEnd={() => {
        if (rows.length < (answer.data?.total ?? 0) && limit < 5_000) setLimit(limit + step)
      }}
      file={() => client.fileUrl('encounters.records', input)}
    />
  )
}
