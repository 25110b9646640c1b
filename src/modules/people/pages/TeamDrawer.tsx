import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo, useMay } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import {
  DetailDrawer,
  DetailSection,
  Facts,
  Field,
  FieldForm,
  FormDrawer,
  ProblemNote,
  RecordHistory,
  SelectInput,
  TextInput,
  useConfirm,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { addMembers, dissolveTeam, formTeam, removeMember, teamKinds, teamKindTitles } from '../contracts.ts'
import { OfficerPicker } from './OfficerPicker.tsx'
import type { Team } from './TeamsPage.tsx'
import { peopleWords } from './words.ts'

const useToday = () => useAsk(currentOperation, {}).data?.dutyDay ?? ''

export function FormTeamDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const today = useToday()
  const form = useDo(formTeam)
  const initial = () => ({
    name: '',
    kind: 'commando' as (typeof teamKinds)[number],
    leader: [] as string[],
    members: [] as string[],
    chosen: '',
    endsOn: '',
  })
  const [draft, setDraft, kept] = useKeptDraft({ form: 'team new', initial, contract: formTeam })
  const { name, kind, leader, members, chosen, endsOn } = draft
  const set = (more: Partial<typeof draft>) => setDraft({ ...draft, ...more })
  const beginsOn = chosen || today
  const ready = name.trim() !== '' && beginsOn !== ''
  const submit = () => {
    const [leaderId] = leader
    const everyone = [...new Set([...leader, ...members])]
    form.mutate(
      {
        teamId: newId(),
        name: name.trim(),
        kind,
        leaderId: leaderId ?? null,
        beginsOn,
        endsOn: endsOn || null,
        members: everyone.map(officerId => ({ officerId, beginsOn })),
      },
      { onSuccess: kept.done(onClose) },
    )
  }
  return (
    <FormDrawer
      onClose={onClose}
      title={t('formTeam')}
      ok={t('formTeam')}
      ready={ready}
      doing={[form]}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <Field label={t('teamName')} required>
        <TextInput value={name} maxLength={60} onChange={next => set({ name: next })} />
      </Field>
      <Field label={t('kind')} required>
        <SelectInput
          value={kind}
          onChange={next => set({ kind: next as typeof kind })}
          options={teamKinds.map(one => ({ value: one, label: teamKindTitles[one][lang] }))}
        />
      </Field>
      <Field label={t('beginsOn')} required>
        <TextInput type="date" value={beginsOn} onChange={next => set({ chosen: next })} />
      </Field>
      <Field label={t('endsOn')}>
        <TextInput type="date" value={endsOn} min={beginsOn} onChange={next => set({ endsOn: next })} />
      </Field>
      <Field label={t('leader')} wide>
        <OfficerPicker single value={leader} onChange={next => set({ leader: next })} />
      </Field>
      <Field label={t('members')} wide>
        <OfficerPicker value={members} onChange={next => set({ members: next })} />
      </Field>
    </FormDrawer>
  )
}

export function TeamDrawer({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const format = useFormat()
  const today = useToday()
  const may = useMay(addMembers)
  const past = useRecordHistory({ table: 'team', rowId: team.teamId, parts: ['team_member'] })
  const over = team.endsOn !== null && today !== '' && team.endsOn < today
  const day = (value: string | null) => (value ? format.day(value, { weekday: false }) : t('open'))
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={team.name}
      subtitle={teamKindTitles[team.kind][lang]}
      footStart={
        may && !over && today ? <DissolveButton team={team} today={today} onDone={onClose} /> : undefined
      }
    >
      <Facts
        facts={[
          { label: t('leader'), value: team.leaderName ?? t('none') },
          { label: t('span'), value: `${day(team.beginsOn)} — ${day(team.endsOn)}` },
          { label: t('memberCount'), value: `${team.memberCount} ${t('person')}` },
        ]}
      />
      {may && !over ? <AddMembersForm team={team} today={today} /> : null}
      <DetailSection title={t('members')} note={team.members.length === 0 ? t('none') : undefined}>
        <Facts
          facts={team.members.map(member => ({
            label: member.unitName,
            value: `${member.name} ${member.badge} · ${day(member.beginsOn)} — ${day(member.endsOn)}`,
            aside:
              may && !over && today && (member.endsOn === null || member.endsOn > today) ? (
                <LeaveButton team={team} member={member} today={today} />
              ) : undefined,
          }))}
        />
      </DetailSection>
      <RecordHistory {...past} />
    </DetailDrawer>
  )
}

function AddMembersForm({ team, today }: { team: Team; today: string }) {
  const t = useWords(peopleWords)
  const add = useDo(addMembers)
  const [members, setMembers] = useState<string[]>([])
  const beginsOn = today > team.beginsOn ? today : team.beginsOn
  const submit = () =>
    add.mutate(
      { teamId: team.teamId, members: members.map(officerId => ({ officerId, beginsOn })) },
      { onSuccess: () => setMembers([]) },
    )
  return (
    <DetailSection title={t('addMembers')}>
      <FieldForm error={add.error ? <ProblemNote error={add.error} safe="kept" /> : undefined}>
        <Field
          label={t('members')}
          after={
            <Button disabled={members.length === 0 || today === ''} loading={add.isPending} onClick={submit}>
              {t('addMembersDo', { n: members.length })}
            </Button>
          }
        >
          <OfficerPicker value={members} onChange={setMembers} />
        </Field>
      </FieldForm>
    </DetailSection>
  )
}

function LeaveButton({
  team,
  member,
  today,
}: {
  team: Team
  member: Team['members'][number]
  today: string
}) {
  const t = useWords(peopleWords)
  const remove = useDo(removeMember)
  const [ask, confirm] = useConfirm()
  const onClick = async () => {
    const sure = await ask({
      title: t('leaveAsk', { name: member.name }),
      what: team.name,
      then: t('leaveThen'),
      ok: t('leave'),
    })
    if (sure) remove.mutate({ teamId: team.teamId, officerId: member.officerId, endsOn: today })
  }
  return (
    <>
      <Button type="link" size="small" loading={remove.isPending} onClick={() => void onClick()}>
        {t('leave')}
      </Button>
      {remove.error ? <ProblemNote error={remove.error} /> : null}
      {confirm}
    </>
  )
}

function DissolveButton({ team, today, onDone }: { team: Team; today: string; onDone: () => void }) {
  const t = useWords(peopleWords)
  const dissolve = useDo(dissolveTeam)
  const [ask, confirm] = useConfirm()
  const onClick = async () => {
    const sure = await ask({
      title: t('dissolveAsk', { name: team.name }),
      count: team.memberCount,
      unit: t('person'),
      then: t('dissolveThen'),
      ok: t('dissolve'),
      danger: true,
    })
    if (sure) dissolve.mutate({ teamId: team.teamId, endsOn: today }, { onSuccess: onDone })
  }
  return (
    <>
      <Button danger loading={dissolve.isPending} onClick={() => void onClick()}>
        {t('dissolve')}
      </Button>
      {dissolve.error ? <ProblemNote error={dissolve.error} /> : null}
      {confirm}
    </>
  )
}
