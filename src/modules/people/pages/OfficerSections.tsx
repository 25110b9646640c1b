import { Button } from 'antd'
import { useState } from 'react'
import { useClient, useDo, useMay, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailSection,
  Facts,
  formatDayTime,
  problemLine,
  TextInput,
  useConfirm,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  availabilityReason,
  availabilityTitles,
  type officer as officerQuery,
  officerPhones,
  secondOfficer,
  skillTitles,
  teamKindTitles,
  type teamKinds,
  withdrawSecondment,
  withdrawSkill,
  withdrawUnavailable,
} from '../contracts.ts'
import { SkillTags } from './labels.tsx'
import { useMayReport } from './may-report.ts'
import { peopleWords } from './words.ts'

export type OfficerDetail = OutputOf<typeof officerQuery>
type Section = { officer: OfficerDetail }
type Acting = Section & { onAct?: () => void }

type OpenerProps = { label: string; none: string; open: (purpose: string) => Promise<string | null> }

/** A sealed value: opened with a purpose, shown until the drawer closes, and logged. */
function Opener({ label, none, open }: OpenerProps) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const [asking, setAsking] = useState(false)
  const [purpose, setPurpose] = useState('')
  const [seen, setSeen] = useState<{ value: string | null } | null>(null)
  const [problem, setProblem] = useState('')
  if (seen) return <strong>{seen.value ?? none}</strong>
  if (!asking) {
    return (
      <Button size="small" onClick={() => setAsking(true)}>
        {label}
      </Button>
    )
  }
  const submit = () => {
    open(purpose.trim()).then(
      value => setSeen({ value }),
      (error: unknown) => setProblem(problemLine(error, lang)),
    )
  }
  return (
    <form
      className="fx-picked"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <TextInput
        value={purpose}
        maxLength={500}
        aria-label={t('purpose')}
        placeholder={t('purpose')}
        onChange={setPurpose}
      />
      <Button size="small" htmlType="submit" disabled={purpose.trim().length < 2}>
        {label}
      </Button>
      <span className="fx-panel-note" role={problem ? 'alert' : undefined}>
        {problem || t('purposeHint')}
      </span>
    </form>
  )
}

export function PhoneLine({ officer }: Section) {
  const t = useWords(peopleWords)
  const client = useClient()
  const may = useMay(officerPhones)
  if (!officer.hasPhone) return <>{t('notStated')}</>
  if (!may) return <>{t('sealed')}</>
  const open = async (purpose: string) => {
    const answer = await client.ask(officerPhones, { officerIds: [officer.officerId], purpose })
    return answer.rows[0]?.phone ?? null
  }
  return <Opener label={t('showPhone')} none={t('notStated')} open={open} />
}

export function Skills({ officer, onAct }: Acting) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const format = useFormat()
  const may = useMay(withdrawSkill)
  const withdraw = useDo(withdrawSkill)
  const [ask, confirm] = useConfirm()
  const day = (value: string | null) =>
    value ? format.day(value, { weekday: false, year: true }) : t('open')
  const onWithdraw = async (skill: OfficerDetail['grants'][number]['skill']) => {
    const sure = await ask({
      title: t('withdrawSkillAsk', { skill: skillTitles[skill][lang] }),
      what: officer.name,
      then: t('withdrawSkillThen'),
      ok: t('withdraw'),
    })
    if (sure) withdraw.mutate({ officerId: officer.officerId, skill })
  }
  return (
    <DetailSection
      title={t('skills')}
      note={officer.skills.length === 0 ? t('none') : undefined}
      actions={
        onAct ? (
          <Button size="small" onClick={onAct}>
            {t('grant')}
          </Button>
        ) : undefined
      }
    >
      {officer.sex === 'female' ? <SkillTags skills={['woman']} /> : null}
      <Facts
        facts={officer.grants.map(grant => ({
          label: skillTitles[grant.skill][lang],
          value:
            grant.validFrom || grant.validUntil
              ? `${day(grant.validFrom)} — ${day(grant.validUntil)}${grant.valid ? '' : ` · ${t('expired')}`}`
              : '',
          aside: may ? (
            <Button type="link" size="small" onClick={() => void onWithdraw(grant.skill)}>
              {t('withdraw')}
            </Button>
          ) : undefined,
        }))}
      />
      {confirm}
    </DetailSection>
  )
}

export function Absences({ officer }: Section) {
  const t = useWords(peopleWords)
  return (
    <DetailSection title={t('absences')} note={officer.absences.length === 0 ? t('absenceNone') : undefined}>
      {officer.absences.map(absence => (
        <AbsenceLine key={absence.availabilityId} officer={officer} absence={absence} />
      ))}
    </DetailSection>
  )
}

function AbsenceLine({ officer, absence }: Section & { absence: OfficerDetail['absences'][number] }) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const client = useClient()
  const { timeZone } = useSession().agency
  const mayWithdraw = useMayReport(officer.officerId)
  const mayOpen = useMay(availabilityReason)
  const withdraw = useDo(withdrawUnavailable)
  const [ask, confirm] = useConfirm()
  const at = (instant: string) => formatDayTime(instant, { lang, timeZone })
  const { availabilityId } = absence
  const onWithdraw = async () => {
    const sure = await ask({
      title: t('withdrawAsk'),
      what: officer.name,
      then: t('withdrawThen'),
      ok: t('withdrawEntry'),
    })
    if (sure) withdraw.mutate({ availabilityId })
  }
  const open = async (purpose: string) =>
    (await client.ask(availabilityReason, { availabilityId, purpose })).reason
  return (
    <>
      <Facts
        facts={[
          {
            label: `${availabilityTitles[absence.state][lang]}${absence.noNights ? `(${t('noNights')})` : ''}`,
            value: (
              <>
                {at(absence.beginsAt)} — {at(absence.endsAt)}{' '}
                {mayOpen && absence.hasReason ? (
                  <Opener label={t('openReason')} none={t('reasonNone')} open={open} />
                ) : null}
              </>
            ),
            aside: mayWithdraw ? (
              <Button type="link" size="small" loading={withdraw.isPending} onClick={() => void onWithdraw()}>
                {t('withdrawEntry')}
              </Button>
            ) : undefined,
          },
        ]}
      />
      {confirm}
    </>
  )
}

export function Secondments({ officer, onAct }: Acting) {
  const t = useWords(peopleWords)
  const format = useFormat()
  const may = useMay(secondOfficer)
  const withdraw = useDo(withdrawSecondment)
  const [ask, confirm] = useConfirm()
  const onWithdraw = async (secondmentId: string, where: string) => {
    const sure = await ask({
      title: t('withdrawSecondAsk', { where }),
      what: officer.name,
      then: t('withdrawSecondThen'),
      ok: t('withdrawSecond'),
    })
    if (sure) withdraw.mutate({ secondmentId })
  }
  return (
    <DetailSection
      title={t('secondments')}
      note={officer.secondments.length === 0 ? t('none') : undefined}
      actions={
        onAct ? (
          <Button size="small" onClick={onAct}>
            {t('second')}
          </Button>
        ) : undefined
      }
    >
      <Facts
        facts={officer.secondments.map(one => ({
          label: one.toWhom,
          value: `${format.day(one.beginsOn)} — ${format.day(one.endsOn)}`,
          aside: may ? (
            <Button type="link" size="small" onClick={() => void onWithdraw(one.secondmentId, one.toWhom)}>
              {t('withdrawSecond')}
            </Button>
          ) : undefined,
        }))}
      />
      {confirm}
    </DetailSection>
  )
}

export function Teams({ officer }: Section) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const format = useFormat()
  if (officer.teams.length === 0) return null
  return (
    <DetailSection title={t('teams')}>
      <Facts
        facts={officer.teams.map(team => ({
          label: teamKindTitles[team.kind as (typeof teamKinds)[number]]?.[lang] ?? team.kind,
          value: `${team.name}${team.leads ? ` · ${t('leads')}` : ''}`,
          aside: `${format.day(team.beginsOn, { weekday: false })} — ${
            team.endsOn ? format.day(team.endsOn, { weekday: false }) : t('open')
          }`,
        }))}
      />
    </DetailSection>
  )
}
