import { Select } from 'antd'
import { newId } from '../../../device/client.ts'
import { useAsk, useClient, useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextArea, TextInput, useLang, useWords } from '../../../ui/index.ts'
import { zoneList } from '../../posts/contracts.ts'
import { correct, entryKinds, entryKindTitles, record } from '../contracts.ts'
import { type Running, usePostOptions, useUnitOptions } from './CommandFrame.tsx'
import { EnclosurePicker, type NewEnclosure } from './Enclosures.tsx'
import { instantOf, localOf } from '../../../ui/local-time.ts'
import type { EntryRow } from './LogPage.tsx'
import { commandWords, enclosureWords, logWords } from './words.ts'

const words = { ...commandWords, ...logWords, ...enclosureWords }
type Kind = (typeof entryKinds)[number]

interface Draft {
  kind: Kind
  happenedAt: string
  text: string
  unitId: string
  postId: string
  zoneId: string
  enclosures: NewEnclosure[]
}

/** Sends the entry as the command that it is: a new one, or one that corrects another. */
function useSend(running: Running, corrects: EntryRow | undefined, draft: Draft, onDone: () => void) {
  const { timeZone } = useSession().agency
  const [recording, correcting] = [useDo(record), useDo(correct)]
  const happenedAt = instantOf(draft.happenedAt, timeZone)
  const ready = draft.text.trim() !== '' && happenedAt !== null
  const submit = () => {
    if (!ready) return
    const { kind, text, enclosures } = draft
    const said = { entryId: newId(), kind, happenedAt, text: text.trim(), enclosures }
    const done = { onSuccess: onDone }
    if (corrects) correcting.mutate({ ...said, corrects: corrects.entryId }, done)
    else {
      const { unitId, postId, zoneId } = draft
      const links = { unitId: unitId || null, postId: postId || null, zoneId: zoneId || null }
      recording.mutate({ ...said, operationId: running.operationId, ...links }, done)
    }
  }
  return { ready, submit, doing: [recording, correcting] }
}

export function EntryForm(props: { running: Running; corrects?: EntryRow; onClose: () => void }) {
  const { running, corrects, onClose } = props
  const t = useWords(words)
  const { lang } = useLang()
  const { clock } = useClient()
  const { timeZone } = useSession().agency
  const initial = (): Draft => ({
    kind: (corrects?.kind as Kind | undefined) ?? 'call',
    happenedAt: localOf(corrects?.happenedAt ?? new Date(clock.now()).toISOString(), timeZone),
    text: corrects?.text ?? '',
    unitId: '',
    postId: '',
    zoneId: '',
    enclosures: [],
  })
  const form = corrects ? `entry ${corrects.entryId}` : 'entry new'
  const [draft, setDraft, kept] = useKeptDraft({ form, initial, contract: record })
  const { ready, submit, doing } = useSend(running, corrects, draft, kept.done(onClose))
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  const kinds = entryKinds.map(kind => ({ value: kind, label: entryKindTitles[kind][lang] }))
  return (
    <FormDrawer
      onClose={onClose}
      width={640}
      title={corrects ? t('correct') : t('record')}
      subtitle={corrects ? t('correctHint') : undefined}
      ok={corrects ? t('correctDo', { n: corrects.n }) : t('recordDo')}
      ready={ready}
      doing={doing}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <Field label={t('kind')} required>
        <SelectInput value={draft.kind} options={kinds} onChange={kind => change({ kind: kind as Kind })} />
      </Field>
      <Field label={t('happenedAt')} required>
        <TextInput
          type="datetime-local"
          value={draft.happenedAt}
          onChange={happenedAt => change({ happenedAt })}
        />
      </Field>
      <Field label={t('text')} hint={t('textHint')} required wide>
        <TextArea
          rows={5}
          value={draft.text}
          maxLength={2_000}
          placeholder={t('textExample')}
          onChange={text => change({ text })}
        />
      </Field>
      {corrects ? null : <LinkFields running={running} draft={draft} change={change} />}
      <Field label={t('enclosures')} wide>
        <EnclosurePicker value={draft.enclosures} onChange={enclosures => change({ enclosures })} />
      </Field>
    </FormDrawer>
  )
}

type LinkFieldsProps = { running: Running; draft: Draft; change: (more: Partial<Draft>) => void }

function LinkFields({ running, draft, change }: LinkFieldsProps) {
  const t = useWords(words)
  const posts = usePostOptions(running.operationId)
  const units = useUnitOptions()
  const zones = useAsk(zoneList, { operationId: running.operationId, limit: 1_000 })
  const zoneOptions = (zones.data?.rows ?? []).map(zone => ({ value: zone.zoneId, label: zone.name }))
  return (
    <>
      <Field label={t('place')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.postId || undefined}
          options={posts}
          placeholder={t('noneChosen')}
          onChange={(postId?: string) => change({ postId: postId ?? '' })}
        />
      </Field>
      <Field label={t('zone')}>
        <SelectInput
          value={draft.zoneId}
          options={zoneOptions}
          placeholder={t('noneChosen')}
          onChange={zoneId => change({ zoneId })}
        />
      </Field>
      <Field label={t('unit')}>
        <SelectInput
          value={draft.unitId}
          options={units}
          placeholder={t('noneChosen')}
          onChange={unitId => change({ unitId })}
        />
      </Field>
    </>
  )
}
