import { Select } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { Field, FormDrawer, useWords } from '../../../ui/index.ts'
import { copyDemand, postList } from '../contracts.ts'
import type { ChosenPosts } from './DemandActions.tsx'
import { DemandLinesOf } from './DemandLinesOf.tsx'
import { demandWords } from './words.ts'

/** The posts chosen get the demand of another post, beside or instead of their own. */
export function CopyDemandForm(props: ChosenPosts & { onClose: () => void; onDone: () => void }) {
  const { rows, running, onClose, onDone } = props
  const t = useWords(demandWords)
  const copy = useDo(copyDemand)
  const [fromPostId, setFrom] = useState('')
  const [replace, setReplace] = useState(false)
  const posts = useAsk(postList, {
    operationId: running.operationId,
    states: ['active', 'planned'],
    limit: 5_000,
  })
  const toPostIds = rows.map(row => row.postId).filter(postId => postId !== fromPostId)
  const options = (posts.data?.rows ?? [])
    .filter(post => post.demandLines > 0)
    .map(post => ({ value: post.postId, label: `${post.code} ${post.name}` }))
  const ready = fromPostId !== '' && toPostIds.length > 0
  const submit = () =>
    copy.mutate({ fromPostId, toPostIds: toPostIds.slice(0, 2_000), replace }, { onSuccess: onDone })
  return (
    <FormDrawer
      onClose={onClose}
      title={t('copy')}
      ok={t('copyDo', { n: toPostIds.length })}
      ready={ready}
      doing={[copy]}
      onSubmit={submit}
    >
      <Field label={t('copyFrom')} required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={fromPostId || undefined}
          options={options}
          onChange={setFrom}
          notFoundContent={t('noLines')}
        />
      </Field>
      <label className="fx-choice">
        <input type="checkbox" checked={replace} onChange={event => setReplace(event.target.checked)} />
        {t('replace')}
      </label>
      {fromPostId ? (
        <DemandLinesOf postId={fromPostId} operationId={running.operationId} day={running.dutyDay} />
      ) : null}
    </FormDrawer>
  )
}
