import { Button, Select } from 'antd'
import { newId } from '../../../device/client.ts'
import { useAsk, useClient, useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextArea, TextInput, useLang, useWords } from '../../../ui/index.ts'
import {
  addressable,
  issueDirective,
  passDirective,
  type Source,
  sources,
  sourceTitles,
} from '../contracts.ts'
import { type PostOption, type Running, usePostOptions } from './CommandFrame.tsx'
import type { Directive } from './DirectiveDrawer.tsx'
import { directiveWords } from './directive-words.ts'
import { EnclosurePicker, type NewEnclosure } from './Enclosures.tsx'
import { instantOf, laterBy, localOf } from '../../../ui/local-time.ts'
import { commandWords, enclosureWords } from './words.ts'

const words = { ...commandWords, ...directiveWords, ...enclosureWords }

interface Draft {
  number: string
  source: Source
  fromWhom: string
  title: string
  text: string
  dueAt: string
  unitIds: string[]
  postIds: string[]
  enclosures: NewEnclosure[]
}

/** What is passed down: the directive as whose addressee one received it. */
export interface Passing {
  directive: Directive
  addresseeId: string
}
type DirectiveFormProps = { running: Running; passing?: Passing; onClose: () => void }

const usualHours = 8

/** To whom, as the command takes it: a post stands with its unit. */
export function addressed(draft: Pick<Draft, 'unitIds' | 'postIds'>, posts: readonly PostOption[]) {
  return [
    ...draft.unitIds.map(unitId => ({ addresseeId: newId(), unitId, postId: null })),
    ...draft.postIds.flatMap(postId => {
      const post = posts.find(one => one.value === postId)
      return post ? [{ addresseeId: newId(), unitId: post.unitId, postId }] : []
    }),
  ]
}

function useSend({ running, passing }: DirectiveFormProps, draft: Draft, onDone: () => void) {
  const { timeZone } = useSession().agency
  const posts = usePostOptions(running.operationId)
  const [issue, pass] = [useDo(issueDirective), useDo(passDirective)]
  const dueAt = instantOf(draft.dueAt, timeZone)
  const many = draft.unitIds.length + draft.postIds.length
  const said = passing ? [draft.text] : [draft.number, draft.fromWhom, draft.title, draft.text]
  const ready = dueAt !== null && many > 0 && said.every(text => text.trim() !== '')
  const submit = () => {
    if (!ready) return
    const { text, enclosures, number, source, fromWhom, title } = draft
    const common = {
      directiveId: newId(),
      text: text.trim(),
      dueAt,
      enclosures,
      addressees: addressed(draft, posts),
    }
    const done = { onSuccess: onDone }
    if (passing) pass.mutate({ ...common, addresseeId: passing.addresseeId }, done)
    else {
      const head = { number: number.trim(), source, fromWhom: fromWhom.trim(), title: title.trim() }
      issue.mutate({ ...common, ...head, operationId: running.operationId }, done)
    }
  }
  return { ready, many, posts, submit, doing: [issue, pass] }
}

/** Gives a directive, or hands on what one was given oneself. */
export function DirectiveForm(props: DirectiveFormProps) {
  const { passing, onClose } = props
  const t = useWords(words)
  const { clock } = useClient()
  const { timeZone } = useSession().agency
  const initial = (): Draft => {
    const usual = laterBy(new Date(clock.now()).toISOString(), usualHours * 60)
    const limit = passing?.directive.dueAt
    return {
      number: '',
      source: 'own',
      fromWhom: '',
      title: '',
      text: passing?.directive.text ?? '',
      // Never later than what it comes from.
      dueAt: localOf(limit && limit < usual ? limit : usual, timeZone),
      unitIds: [],
      postIds: [],
      enclosures: [],
    }
  }
  const form = passing ? `directive pass ${passing.addresseeId}` : 'directive new'
  const [draft, setDraft, kept] = useKeptDraft({ form, initial, contract: issueDirective })
  const { ready, many, posts, submit, doing } = useSend(props, draft, kept.done(onClose))
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  return (
    <FormDrawer
      onClose={onClose}
      width={720}
      title={passing ? t('pass') : t('issue')}
      subtitle={passing ? `${passing.directive.number} ${passing.directive.title}` : undefined}
      ok={many === 0 ? t('pickAddressee') : t(passing ? 'passDo' : 'issueDo', { n: many })}
      ready={ready}
      doing={doing}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      {passing ? null : <HeadFields draft={draft} change={change} />}
      <Field label={t('text')} required wide>
        <TextArea rows={6} value={draft.text} maxLength={4_000} onChange={text => change({ text })} />
      </Field>
      <AddresseeFields draft={draft} change={change} posts={posts} addresseeId={passing?.addresseeId} />
      <Field label={t('dueAt')} required>
        <TextInput type="datetime-local" value={draft.dueAt} onChange={dueAt => change({ dueAt })} />
      </Field>
      <Field label={t('enclosures')} wide>
        <EnclosurePicker value={draft.enclosures} onChange={enclosures => change({ enclosures })} />
      </Field>
    </FormDrawer>
  )
}

type FieldsProps = { draft: Draft; change: (more: Partial<Draft>) => void }

function HeadFields({ draft, change }: FieldsProps) {
  const t = useWords(words)
  const { lang } = useLang()
  const choices = sources.map(one => ({ value: one, label: sourceTitles[one][lang] }))
  return (
    <>
      <Field label={t('docNumber')} required>
        <TextInput
          value={draft.number}
          maxLength={60}
          placeholder={t('numberExample')}
          onChange={number => change({ number })}
        />
      </Field>
      <Field label={t('source')} required>
        <SelectInput
          value={draft.source}
          options={choices}
          onChange={source => change({ source: source as Source })}
        />
      </Field>
      <Field label={t('title')} required>
        <TextInput value={draft.title} maxLength={100} onChange={title => change({ title })} />
      </Field>
      <Field label={t('fromWhom')} required>
        <TextInput
          value={draft.fromWhom}
          maxLength={60}
          placeholder={t('fromExample')}
          onChange={fromWhom => change({ fromWhom })}
        />
      </Field>
    </>
  )
}

/** Units as boxes to tick, because they are two dozen and most orders go to many; posts by name. */
type Addressees = Pick<Draft, 'unitIds' | 'postIds'>
export type AddresseeProps = {
  draft: Addressees
  change: (more: Partial<Addressees>) => void
  posts: readonly PostOption[]
  addresseeId?: string
}
export function AddresseeFields(props: AddresseeProps) {
  const { draft, change, posts, addresseeId } = props
  const t = useWords(words)
  const found = useAsk(addressable, addresseeId ? { addresseeId } : {})
  const rows = found.data?.units ?? []
  const own = posts.filter(post => found.data?.postUnitIds.includes(post.unitId))
  const toggle = (unitId: string) => {
    const { unitIds } = draft
    const without = unitIds.filter(one => one !== unitId)
    change({ unitIds: without.length < unitIds.length ? without : [...unitIds, unitId] })
  }
  return (
    <>
      <div className="fx-field fx-field-wide">
        <span className="cmd-acts">
          <b>{t('addressees')}</b>
          <Button size="small" onClick={() => change({ unitIds: rows.map(unit => unit.unitId) })}>
            {t('all')}
          </Button>
          <Button size="small" onClick={() => change({ unitIds: [] })}>
            {t('none')}
          </Button>
        </span>
        <fieldset className="cmd-choices" aria-label={t('addressees')}>
          {rows.map(unit => (
            <label key={unit.unitId}>
              <input
                type="checkbox"
                checked={draft.unitIds.includes(unit.unitId)}
                onChange={() => toggle(unit.unitId)}
              />
              {unit.shortName}
            </label>
          ))}
        </fieldset>
      </div>
      <Field label={t('addresseePosts')}>
        <Select
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.postIds}
          options={own}
          onChange={postIds => change({ postIds })}
        />
      </Field>
    </>
  )
}
