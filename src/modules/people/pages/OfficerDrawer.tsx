import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useMay } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import {
  DetailDrawer,
  Facts,
  ProblemNote,
  RecordHistory,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  changeOfficer,
  grantSkill,
  officer as officerQuery,
  retireOfficer,
  secondOfficer,
  sexTitles,
} from '../contracts.ts'
import { GrantDrawer } from './BulkBar.tsx'
import { Availability, KindTag, type Unit } from './labels.tsx'
import { useMayReport } from './may-report.ts'
import { AbsenceDrawer, ReactivateButton, RetireDrawer, SecondDrawer } from './OfficerActs.tsx'
import { OfficerForm } from './OfficerForm.tsx'
import { Absences, type OfficerDetail, PhoneLine, Secondments, Skills, Teams } from './OfficerSections.tsx'
import { peopleWords } from './words.ts'

type OfficerDrawerProps = {
  officerId: string
  units: readonly Unit[]
  /** Ids in the order of the list, for the arrows. */
  around: readonly string[]
  onOpen: (officerId: string | null) => void
}
type Act = 'change' | 'absence' | 'second' | 'grant' | 'retire' | null

export function OfficerDrawer({ officerId, units, around, onOpen }: OfficerDrawerProps) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const format = useFormat()
  const answer = useAsk(officerQuery, { officerId })
  const [act, setAct] = useState<Act>(null)
  const shown = answer.data?.officerId === officerId ? answer.data : undefined
  const at = around.indexOf(officerId)
  const [before, after] = [around[at - 1], at < 0 ? undefined : around[at + 1]]
  const close = () => setAct(null)
  const may = { grant: useMay(grantSkill), second: useMay(secondOfficer) }
  const day = (value: string | null) => (value ? format.day(value, { year: true }) : t('open'))
  return (
    <DetailDrawer
      open
      onClose={() => onOpen(null)}
      title={shown?.name ?? ''}
      subtitle={shown ? `${shown.badge} · ${shown.unitName}` : undefined}
      head={shown ? <KindTag kind={shown.kind} /> : undefined}
      loading={!shown && answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      onPrevious={before ? () => onOpen(before) : undefined}
      onNext={after ? () => onOpen(after) : undefined}
      footStart={shown ? <QuietActs officer={shown} onAct={setAct} /> : undefined}
      footEnd={shown ? <MainAct officer={shown} onAct={setAct} /> : undefined}
    >
      {shown ? (
        <>
          <Facts
            facts={[
              { label: t('availability'), value: <Availability officer={shown} /> },
              { label: t('unit'), value: shown.unitName },
              { label: t('title'), value: shown.title || t('notStated') },
              { label: t('sex'), value: sexTitles[shown.sex][lang] },
              { label: t('phone'), value: <PhoneLine key={shown.officerId} officer={shown} /> },
              ...(shown.homeAgency ? [{ label: t('homeAgency'), value: shown.homeAgency }] : []),
              ...(shown.beginsOn || shown.endsOn
                ? [{ label: t('span'), value: `${day(shown.beginsOn)} — ${day(shown.endsOn)}` }]
                : []),
            ]}
          />
          <Skills officer={shown} onAct={may.grant && shown.active ? () => setAct('grant') : undefined} />
          <Absences officer={shown} />
          <Secondments
            officer={shown}
            onAct={may.second && shown.active ? () => setAct('second') : undefined}
          />
          <Teams officer={shown} />
          <Past officerId={officerId} />
        </>
      ) : null}
      {shown && act === 'change' ? <OfficerForm units={units} officer={shown} onClose={close} /> : null}
      {shown && act === 'grant' ? <GrantDrawer selected={[shown]} onClose={close} onDone={close} /> : null}
      {shown && act === 'absence' ? <AbsenceDrawer officer={shown} onClose={close} /> : null}
      {shown && act === 'second' ? <SecondDrawer officer={shown} onClose={close} /> : null}
      {shown && act === 'retire' ? <RetireDrawer officer={shown} onClose={close} /> : null}
    </DetailDrawer>
  )
}

const parts = ['officer_skill', 'availability', 'secondment']

function Past({ officerId }: { officerId: string }) {
  return <RecordHistory {...useRecordHistory({ table: 'officer', rowId: officerId, parts })} />
}

type ActsProps = { officer: OfficerDetail; onAct: (act: Act) => void }

function QuietActs({ officer, onAct }: ActsProps) {
  const t = useWords(peopleWords)
  const mayRetire = useMay(retireOfficer)
  const mayChange = useMay(changeOfficer)
  if (!officer.active) return mayRetire ? <ReactivateButton officer={officer} /> : null
  return (
    <>
      {mayChange ? <Button onClick={() => onAct('change')}>{t('changeOfficer')}</Button> : null}
      {mayRetire ? (
        <Button danger onClick={() => onAct('retire')}>
          {t('retire')}
        </Button>
      ) : null}
    </>
  )
}

function MainAct({ officer, onAct }: ActsProps) {
  const t = useWords(peopleWords)
  const may = useMayReport(officer.officerId)
  if (!may || !officer.active) return null
  return (
    <Button type="primary" onClick={() => onAct('absence')}>
      {t('absence')}
    </Button>
  )
}
