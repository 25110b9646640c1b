// Giving a post to a team: which, from when, by whose order.
import { Select } from 'antd'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, TextInput, useWords } from '../../../ui/index.ts'
import { postList } from '../../posts/contracts.ts'
import { giveTeamPost, type TeamOnDuty } from '../contracts.ts'
import { teamWords } from './team-words.ts'

interface FormProps {
  team: TeamOnDuty
  operationId: string
  today: string
  onClose: () => void
}

export function TeamPostForm({ team, operationId, today, onClose }: FormProps) {
  const t = useWords(teamWords)
  const posts = useAsk(postList, { operationId, limit: 2_000 })
  const give = useDo(giveTeamPost)
  const [draft, setDraft, kept] = useKeptDraft({
    form: `team post ${team.teamId}`,
    initial: () => ({ postId: '', beginsOn: '', endsOn: '', orderNumber: '', approver: '' }),
    contract: giveTeamPost,
  })
  const set = (more: Partial<typeof draft>) => setDraft({ ...draft, ...more })
  const beginsOn = draft.beginsOn || (today > team.beginsOn ? today : team.beginsOn)
  const { postId, orderNumber, approver } = draft
  const ready = postId !== '' && beginsOn !== '' && orderNumber.trim() !== '' && approver.trim() !== ''
  const submit = () =>
    give.mutate(
      {
        teamPostId: newId(),
        teamId: team.teamId,
        postId,
        beginsOn,
        endsOn: draft.endsOn || null,
        orderNumber: orderNumber.trim(),
        approver: approver.trim(),
      },
      { onSuccess: kept.done(onClose) },
    )
  return (
    <FormDrawer
      title={t('give')}
      subtitle={team.name}
      ok={t('giveDo')}
      ready={ready}
      doing={[give]}
      columns={2}
      kept={kept}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('post')} required wide>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={postId || undefined}
          placeholder={t('choosePost')}
          options={(posts.data?.rows ?? []).map(one => ({
            value: one.postId,
            label: `${one.code} ${one.name}`,
          }))}
          onChange={next => set({ postId: next })}
        />
      </Field>
      <Field label={t('from')} required>
        <TextInput type="date" value={beginsOn} onChange={next => set({ beginsOn: next })} />
      </Field>
      <Field label={t('until')}>
        <TextInput type="date" value={draft.endsOn} min={beginsOn} onChange={next => set({ endsOn: next })} />
      </Field>
      <Field label={t('orderNumber')} required>
        <TextInput value={orderNumber} maxLength={60} onChange={next => set({ orderNumber: next })} />
      </Field>
      <Field label={t('orderedBy')} required>
        <TextInput value={approver} maxLength={60} onChange={next => set({ approver: next })} />
      </Field>
    </FormDrawer>
  )
}
