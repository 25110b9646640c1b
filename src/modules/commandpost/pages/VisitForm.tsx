import { Button, Select } from 'antd'
import { newId } from '../../../device/client.ts'
import { useClient, useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextArea, TextInput, useLang, useWords } from '../../../ui/index.ts'
import { promisesMost, recordVisit, type VisitKind, visitKinds, visitKindTitles } from '../contracts.ts'
import { type Running, usePostOptions } from './CommandFrame.tsx'
import { EnclosurePicker, type NewEnclosure } from './Enclosures.tsx'
import { instantOf, laterBy, localOf } from '../../../ui/local-time.ts'
import { visitWords } from './visit-words.ts'
import { commandWords, enclosureWords, logWords } from './words.ts'

const words = { ...commandWords, ...logWords, ...enclosureWords, ...visitWords }

export interface PromiseDraft {
  promiseId: string
  text: string
  byWhom: string
  dueAt: string
}
interface Draft {
  kind: VisitKind
  visitor: string
  visitedAt: string
  postId: string
  found: string
  promises: PromiseDraft[]
  enclosures: NewEnclosure[]
}

/** As the command takes it; null while it is not filled in. */
export function promiseOf(draft: PromiseDraft, timeZone: string) {
  const dueAt = instantOf(draft.dueAt, timeZone)
  const [text, byWhom] = [draft.text.trim(), draft.byWhom.trim()]
  return dueAt && text && byWhom ? { promiseId: draft.promiseId, text, byWhom, dueAt } : null
}

/** Due a day from now unless it says otherwise. */
export function usePromiseDraft(): (byWhom: string) => PromiseDraft {
  const { clock } = useClient()
  const { timeZone } = useSession().agency
  return byWhom => ({
    promiseId: newId(),
    text: '',
    byWhom: byWhom.slice(0, 60),
    dueAt: localOf(laterBy(new Date(clock.now()).toISOString(), 24 * 60), timeZone),
  })
}

export function VisitForm({ running, onClose }: { running: Running; onClose: () => void }) {
  const t = useWords(words)
  const { clock } = useClient()
  const { timeZone } = useSession().agency
  const record = useDo(recordVisit)
  const initial = (): Draft => ({
    kind: 'leader',
    visitor: '',
    visitedAt: localOf(new Date(clock.now()).toISOString(), timeZone),
    postId: '',
    found: '',
    promises: [],
    enclosures: [],
  })
  const [draft, setDraft, kept] = useKeptDraft({ form: 'visit new', initial, contract: recordVisit })
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  const visitedAt = instantOf(draft.visitedAt, timeZone)
  const promises = draft.promises.map(one => promiseOf(one, timeZone))
  const ready =
    draft.visitor.trim() !== '' && draft.postId !== '' && visitedAt !== null && !promises.includes(null)
  const submit = () => {
    if (!visitedAt) return
    record.mutate(
      {
        visitId: newId(),
        operationId: running.operationId,
        kind: draft.kind,
        visitor: draft.visitor.trim(),
        visitedAt,
        postId: draft.postId,
        found: draft.found.trim(),
        promises: promises.flatMap(one => (one ? [one] : [])),
        enclosures: draft.enclosures,
      },
      { onSuccess: kept.done(onClose) },
    )
  }
  return (
    <FormDrawer
      onClose={onClose}
      width={720}
      title={t('record')}
      ok={t('recordDo')}
      ready={ready}
      doing={[record]}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <VisitFields running={running} draft={draft} change={change} />
      <PromiseLines
        promises={draft.promises}
        visitor={draft.visitor}
        onChange={one => change({ promises: one })}
      />
      <Field label={t('enclosures')} wide>
        <EnclosurePicker value={draft.enclosures} onChange={enclosures => change({ enclosures })} />
      </Field>
    </FormDrawer>
  )
}

type FieldsProps = { running: Running; draft: Draft; change: (more: Partial<Draft>) => void }

function VisitFields({ running, draft, change }: FieldsProps) {
  const t = useWords(words)
  const { lang } = useLang()
  const posts = usePostOptions(running.operationId)
  return (
    <>
      <Field label={t('kind')} required>
        <SelectInput
          value={draft.kind}
          options={visitKinds.map(one => ({ value: one, label: visitKindTitles[one][lang] }))}
          onChange={kind => change({ kind: kind as VisitKind })}
        />
      </Field>
      <Field label={t('visitedAt')} required>
        <TextInput
          type="datetime-local"
          value={draft.visitedAt}
          onChange={visitedAt => change({ visitedAt })}
        />
      </Field>
      <Field label={t('visitor')} hint={t('visitorHint')} required>
        <TextInput
          value={draft.visitor}
          maxLength={100}
          placeholder={t('visitorExample')}
          onChange={visitor => change({ visitor })}
        />
      </Field>
      <Field label={t('place')} required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.postId || undefined}
          options={posts}
          placeholder={t('pickPost')}
          onChange={postId => change({ postId })}
        />
      </Field>
      <Field label={t('found')} wide>
        <TextArea rows={3} value={draft.found} maxLength={2_000} onChange={found => change({ found })} />
      </Field>
    </>
  )
}

type LinesProps = {
  promises: PromiseDraft[]
  visitor: string
  onChange: (promises: PromiseDraft[]) => void
}

function PromiseLines({ promises, visitor, onChange }: LinesProps) {
  const t = useWords(words)
  const fresh = usePromiseDraft()
  const set = (at: number, more: Partial<PromiseDraft>) =>
    onChange(promises.map((one, place) => (place === at ? { ...one, ...more } : one)))
  return (
    <>
      {promises.map((one, at) => (
        <fieldset key={one.promiseId} className="cmd-clock fx-field-wide">
          <legend>{t('promiseNo', { n: at + 1 })}</legend>
          <PromiseFields draft={one} change={more => set(at, more)} />
          <Button
            size="small"
            onClick={() => onChange(promises.filter(each => each.promiseId !== one.promiseId))}
          >
            {t('dropLine', { n: at + 1 })}
          </Button>
        </fieldset>
      ))}
      {promises.length < promisesMost ? (
        <div className="fx-field-wide">
          <Button onClick={() => onChange([...promises, fresh(visitor)])}>{t('addLine')}</Button>
        </div>
      ) : null}
    </>
  )
}

type PromiseProps = { draft: PromiseDraft; change: (more: Partial<PromiseDraft>) => void }

export function PromiseFields({ draft, change }: PromiseProps) {
  const t = useWords(words)
  return (
    <>
      <Field label={t('promise')} required>
        <TextInput
          value={draft.text}
          maxLength={500}
          placeholder={t('promiseExample')}
          onChange={text => change({ text })}
        />
      </Field>
      <Field label={t('byWhom')} required>
        <TextInput value={draft.byWhom} maxLength={60} onChange={byWhom => change({ byWhom })} />
      </Field>
      <Field label={t('dueAt')} required>
        <TextInput type="datetime-local" value={draft.dueAt} onChange={dueAt => change({ dueAt })} />
      </Field>
    </>
  )
}
