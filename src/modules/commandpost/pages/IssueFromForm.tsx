// A directive made of what was said already: a promise of a visit, a decision of a meeting.
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useClient, useSession } from '../../../device/hooks.ts'
import { Field, FormDrawer, TextInput, useWords } from '../../../ui/index.ts'
import { type Running, usePostOptions } from './CommandFrame.tsx'
import { addressed, AddresseeFields } from './DirectiveForm.tsx'
import { instantOf, laterBy, localOf } from '../../../ui/local-time.ts'
import { visitWords } from './visit-words.ts'
import { commandWords } from './words.ts'

const words = { ...commandWords, ...visitWords }
const usualMinutes = 8 * 60

export interface DirectiveHead {
  directiveId: string
  number: string
  fromWhom: string
  title: string
  dueAt: string
  addressees: { addresseeId: string; unitId: string; postId: string | null }[]
}

type IssueFromProps = {
  running: Running
  text: string
  fromWhom: string
  doing: { isPending: boolean; error: unknown }
  onIssue: (head: DirectiveHead) => void
  onClose: () => void
}

export function IssueFromForm({ running, text, fromWhom, doing, onIssue, onClose }: IssueFromProps) {
  const t = useWords(words)
  const { clock } = useClient()
  const { timeZone } = useSession().agency
  const posts = usePostOptions(running.operationId)
  const [directiveId] = useState(newId)
  const [draft, setDraft] = useState({
    number: '',
    fromWhom: fromWhom.slice(0, 60),
    title: text.split('\n')[0]?.slice(0, 40) ?? '',
    dueAt: localOf(laterBy(new Date(clock.now()).toISOString(), usualMinutes), timeZone),
    unitIds: [] as string[],
    postIds: [] as string[],
  })
  const change = (more: Partial<typeof draft>) => setDraft({ ...draft, ...more })
  const dueAt = instantOf(draft.dueAt, timeZone)
  const many = draft.unitIds.length + draft.postIds.length
  const said = [draft.number, draft.fromWhom, draft.title].every(one => one.trim() !== '')
  const submit = () => {
    if (dueAt === null) return
    onIssue({
      directiveId,
      number: draft.number.trim(),
      fromWhom: draft.fromWhom.trim(),
      title: draft.title.trim(),
      dueAt,
      addressees: addressed(draft, posts),
    })
  }
  return (
    <FormDrawer
      onClose={onClose}
      width={720}
      title={t('issueFrom')}
      ok={many === 0 ? t('pickAddressee') : t('issueDo', { n: many })}
      ready={said && many > 0 && dueAt !== null}
      doing={[doing]}
      columns={2}
      onSubmit={submit}
    >
      <p className="cmd-text fx-field-wide">{text}</p>
      <Field label={t('docNumber')} required>
        <TextInput
          value={draft.number}
          maxLength={60}
          placeholder={t('numberExample')}
          onChange={number => change({ number })}
        />
      </Field>
      <Field label={t('fromWhom')} required>
        <TextInput value={draft.fromWhom} maxLength={60} onChange={one => change({ fromWhom: one })} />
      </Field>
      <Field label={t('title')} required>
        <TextInput value={draft.title} maxLength={100} onChange={title => change({ title })} />
      </Field>
      <Field label={t('directiveDue')} required>
        <TextInput type="datetime-local" value={draft.dueAt} onChange={one => change({ dueAt: one })} />
      </Field>
      <AddresseeFields draft={draft} change={change} posts={posts} />
    </FormDrawer>
  )
}
