// One officer's band: how it stands, what became of it, and what may be done.
import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo, useMay, useSession } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import {
  DetailDrawer,
  DetailSection,
  type Fact,
  Facts,
  ProblemNote,
  RecordHistory,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  cancelStandIn,
  checkInMany,
  checkOutMany,
  declareAbsent,
  type SeatView,
  wayTitles,
  withdrawAbsence,
} from '../contracts.ts'
import { ReplaceSection } from './ReplaceSection.tsx'
import { RightDrawer, VoidDrawer } from './RightDrawer.tsx'
import { StateMark, useNote } from './seat-marks.tsx'
import { attendanceWords } from './words.ts'

type Act = 'correct' | 'void' | 'enter' | null

export function SeatDrawer({ row, onClose }: { row: SeatView; onClose: () => void }) {
  const t = useWords(attendanceWords)
  const { lang } = useLang()
  const format = useFormat()
  const [act, setAct] = useState<Act>(null)
  const may = useMay(checkInMany)
  const { officerId } = useSession()
  const own = row.officerId === officerId
  const free = row.presence === null
  const close = () => setAct(null)
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={row.officerName}
      subtitle={`${row.badge} · ${row.unitName}`}
      head={<StateMark row={row} />}
      footStart={may && !own ? <Quiet row={row} onAct={setAct} /> : undefined}
      footEnd={may && !own ? <Acts row={row} onDone={onClose} /> : undefined}
    >
      <SeatFacts row={row} />
      {may && free && row.state !== 'replaced' ? <ReplaceSection row={row} onDone={onClose} /> : null}
      {row.presence ? <Past presenceId={row.presence.presenceId} /> : null}
      {act === 'correct' || act === 'enter' ? (
        <RightDrawer
          who={{ officerId: row.officerId, name: row.officerName }}
          postId={row.postId}
          seat={{ ...row, label: lang === 'zh' ? row.bandZh : row.bandEn }}
          presence={row.presence}
          at={row.presence?.cameAt ?? row.begins}
          onClose={close}
        />
      ) : null}
      {act === 'void' && row.presence ? (
        <VoidDrawer
          presenceId={row.presence.presenceId}
          name={`${row.officerName} ${format.time(row.presence.cameAt)}`}
          onClose={close}
        />
      ) : null}
    </DetailDrawer>
  )
}

function SeatFacts({ row }: { row: SeatView }) {
  const t = useWords(attendanceWords)
  const { lang } = useLang()
  const format = useFormat()
  const note = useNote()
  const { presence } = row
  const facts: Fact[] = [
    { label: t('post'), value: `${row.postCode} ${row.postName}` },
    {
      label: t('band'),
      value: `${lang === 'zh' ? row.bandZh : row.bandEn} ${format.day(row.begins)} ${format.span(row.begins, row.ends)}`,
    },
  ]
  if (presence) {
    facts.push({
      label: t('came'),
      value: format.time(presence.cameAt),
      aside: wayTitles[presence.way][lang],
    })
    if (presence.leftAt) {
      const how = presence.leftWay ? wayTitles[presence.leftWay][lang] : ''
      facts.push({ label: t('left'), value: format.time(presence.leftAt), aside: how })
    }
  }
  const said = note(row)
  if (said) facts.push({ label: t('note'), value: said })
  return (
    <DetailSection title={t('facts')}>
      <Facts facts={facts} />
    </DetailSection>
  )
}

function Past({ presenceId }: { presenceId: string }) {
  return <RecordHistory {...useRecordHistory({ table: 'presence', rowId: presenceId })} />
}

function Quiet({ row, onAct }: { row: SeatView; onAct: (act: Act) => void }) {
  const t = useWords(attendanceWords)
  const { presence } = row
  if (!presence) return <Button onClick={() => onAct('enter')}>{t('enter')}</Button>
  return (
    <>
      <Button onClick={() => onAct('correct')}>{t('correct')}</Button>
      <Button danger onClick={() => onAct('void')}>
        {t('voidIt')}
      </Button>
    </>
  )
}

/** What is done with one click, for somebody else. */
function Acts({ row, onDone }: { row: SeatView; onDone: () => void }) {
  const t = useWords(attendanceWords)
  const come = useDo(checkInMany)
  const leave = useDo(checkOutMany)
  const declare = useDo(declareAbsent)
  const withdraw = useDo(withdrawAbsence)
  const cancel = useDo(cancelStandIn)
  const all = [come, leave, declare, withdraw, cancel]
  const error = all.find(one => one.error)?.error
  const busy = all.some(one => one.isPending)
  const { presence, officerId, postId, day, patternId, band } = row
  const seat = { officerId, postId, day, patternId, band }
  const done = { onSuccess: onDone }
  const absent = (kind: 'noShow' | 'unavailable') =>
    declare.mutate({ absenceId: newId(), ...seat, kind }, done)
  return (
    <>
      {error ? <ProblemNote error={error} /> : null}
      {presence && presence.leftAt === null ? (
        <Button
          type="primary"
          disabled={busy}
          onClick={() => leave.mutate({ presenceIds: [presence.presenceId] }, done)}
        >
          {t('checkOutHim')}
        </Button>
      ) : null}
      {row.absenceId ? (
        <Button disabled={busy} onClick={() => withdraw.mutate({ absenceId: row.absenceId ?? '' }, done)}>
          {t('withdraw')}
        </Button>
      ) : null}
      {presence === null && !row.absenceId && row.state === 'missing' ? (
        <Button disabled={busy} onClick={() => absent('noShow')}>
          {t('noShow')}
        </Button>
      ) : null}
      {presence === null && !row.absenceId && row.state !== 'replaced' ? (
        <Button disabled={busy} onClick={() => absent('unavailable')}>
          {t('unavailable')}
        </Button>
      ) : null}
      {presence === null && row.standInId ? (
        <Button disabled={busy} onClick={() => cancel.mutate({ standInId: row.standInId ?? '' }, done)}>
          {t('cancelStandIn')}
        </Button>
      ) : null}
      {presence === null ? (
        <Button
          type="primary"
          disabled={busy}
          onClick={() =>
            come.mutate({ day, patternId, band, posts: [{ postId, officerIds: [officerId] }] }, done)
          }
        >
          {t('checkInHim')}
        </Button>
      ) : null}
    </>
  )
}
