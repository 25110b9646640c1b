// One site in a round: how it stands, what to do, who is expected, and its tubes.
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../../device/address.ts'
import { useDo, useMay, useSession } from '../../../device/hooks.ts'
import {
  DetailDrawer,
  DetailSection,
  Facts,
  Figure,
  ProblemNote,
  TextInput,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { kitItems, kitTitles, type ProgressRow, setExpected } from '../contracts.ts'
import { useAdvice } from './advice-words.ts'
import { TubesTable } from './TubesDrawer.tsx'
import { screeningWords } from './words.ts'

export function ProgressDrawer({ row, onClose }: { row: ProgressRow; onClose: () => void }) {
  const t = useWords(screeningWords)
  const go = useGo()
  const may = useMay(setExpected)
  const { roundId, postId, day } = row
  return (
    <DetailDrawer
      open
      width={720}
      title={row.name}
      subtitle={`${row.code} ${row.roundName || t('noRound')}`}
      onClose={onClose}
      footEnd={<Button onClick={() => go(`/sampling?post=${postId}`)}>{t('openSite')}</Button>}
    >
      <Standing row={row} />
      {may && roundId ? <ExpectedForm row={row} roundId={roundId} /> : null}
      <DetailSection title={t('tubeList')}>
        <TubesTable asked={{ postId, from: day, until: day, ...(roundId ? { roundId } : {}) }} />
      </DetailSection>
    </DetailDrawer>
  )
}

function Standing({ row }: { row: ProgressRow }) {
  const t = useWords(screeningWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const advice = useAdvice()
  const { now, kit } = row
  const said = now ? advice(now) : null
  const none = t('unknown')
  const kitText = kit ? kitItems.filter(item => kit[item]).map(item => kitTitles[item][lang]) : []
  const facts = [
    { label: t('sampled'), value: <Figure value={row.people} unit={t('unitTimes')} /> },
    { label: t('unboxed'), value: <Figure value={row.unboxed} unit={t('unitTube')} /> },
    { label: t('kit'), value: kit ? kitText.join(' · ') || '—' : t('kitUnchecked') },
  ]
  if (now) {
    facts.push(
      {
        label: t('queue'),
        value:
          now.queue === null ? (
            <span>{none}</span>
          ) : (
            <span>
              <Figure value={now.queue} unit={t('unitPerson')} />{' '}
              {now.queueAt ? format.time(now.queueAt) : ''}
            </span>
          ),
      },
      {
        label: t('wait'),
        value: now.advice ? (
          <Figure value={Math.round(now.advice.waitNow)} unit={t('unitMinute')} />
        ) : (
          <span>{none}</span>
        ),
      },
      { label: t('lanes'), value: <span>{`${now.lanesOpen} / ${now.lanesThere}`}</span> },
    )
  }
  return (
    <>
      <Facts facts={facts} />
      {said ? (
        <DetailSection title={t('advice')}>
          {said.acts.map(one => (
            <p key={one.act}>{one.text}</p>
          ))}
          {said.basis ? <p className="sp-quiet">{said.basis}</p> : null}
        </DetailSection>
      ) : null}
    </>
  )
}

function ExpectedForm({ row, roundId }: { row: ProgressRow; roundId: string }) {
  const t = useWords(screeningWords)
  const [text, setText] = useState(String(row.expected ?? ''))
  const set = useDo(setExpected)
  const people = Number(text)
  const fits = text.trim() !== '' && Number.isInteger(people) && people >= 0 && people <= 1_000_000
  return (
    <DetailSection title={t('setExpected')}>
      {set.error ? <ProblemNote error={set.error} safe="kept" /> : null}
      <div className="sp-row">
        <TextInput inputMode="numeric" aria-label={t('expected')} value={text} onChange={setText} />
        <Button
          disabled={!fits}
          loading={set.isPending}
          onClick={() => set.mutate({ roundId, sites: [{ postId: row.postId, people }] })}
        >
          {t('save')}
        </Button>
      </div>
    </DetailSection>
  )
}
