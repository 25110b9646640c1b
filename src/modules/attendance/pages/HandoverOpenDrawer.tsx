// Opening the book of a post: which one, and what stands there now, a line an item.
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextArea, useWords } from '../../../ui/index.ts'
import { postList } from '../../posts/contracts.ts'
import { itemsMost, openHandoverBook } from '../contracts.ts'
import { handoverWords } from './handover-words.ts'

const linePattern = /^(\*?)\s*(\S.{0,39}?)\s+(\d{1,6})\s*(\S{0,8})$/

/** `*对讲机 2 台` is equipment; gives the number of the first line that cannot be read. */
export function itemsRead(text: string) {
  const lines = text.split('\n').map(line => line.trim())
  const bad = lines.findIndex(line => line !== '' && !linePattern.test(line))
  const items = lines.flatMap(line => {
    const [, star, name = '', count, unit = ''] = linePattern.exec(line) ?? []
    if (name === '') return []
    return [{ kind: star ? ('equipment' as const) : ('stock' as const), name, unit, count: Number(count) }]
  })
  return { items, bad: bad < 0 ? null : bad + 1 }
}

export function HandoverOpenDrawer({ operationId, onClose }: { operationId: string; onClose: () => void }) {
  const t = useWords(handoverWords)
  const found = useAsk(postList, { operationId, limit: 1_000 })
  const [postId, setPostId] = useState('')
  const [draft, setDraft, kept] = useKeptDraft({
    form: 'handover book',
    initial: () => ({ text: '' }),
    contract: openHandoverBook,
  })
  const open = useDo(openHandoverBook)
  const { items, bad } = itemsRead(draft.text)
  return (
    <FormDrawer
      title={t('open')}
      ok={t('open')}
      ready={postId !== '' && bad === null && items.length <= itemsMost}
      doing={[open]}
      kept={kept}
      onSubmit={() => open.mutate({ postId, items }, { onSuccess: kept.done(onClose) })}
      onClose={onClose}
    >
      <Field label={t('post')} required>
        <SelectInput
          value={postId}
          placeholder={t('choose')}
          onChange={setPostId}
          options={(found.data?.rows ?? []).map(one => ({
            value: one.postId,
            label: `${one.code} ${one.name}`,
          }))}
        />
      </Field>
      <Field
        label={t('openItems')}
        hint={t('openHint')}
        error={bad === null ? undefined : t('badLine', { n: bad })}
        wide
      >
        <TextArea rows={8} value={draft.text} onChange={text => setDraft({ text })} />
      </Field>
    </FormDrawer>
  )
}
