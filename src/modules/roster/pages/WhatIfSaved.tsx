// What-ifs that are kept: what was supposed and what came of it, run again, renamed, deleted, or put side by side.
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  EmptyState,
  Field,
  FormDrawer,
  formatDayTime,
  Panel,
  ProblemNote,
  Scroll,
  Signal,
  SkeletonRows,
  TextInput,
  useConfirm,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { deleteWhatIf, plans, renameWhatIf, whatIfs } from '../contracts.ts'
import type { Asked } from './use-what-if.ts'
import { columnsMost, WhatIfBeside } from './WhatIfBeside.tsx'
import { daysText, suppositionText, verdictText } from './what-if-text.ts'
import { answerWords, besideWords, whatIfWords } from './what-if-words.ts'
import { rosterWords } from './words.ts'

export type SavedRow = OutputOf<typeof whatIfs>['rows'][number]

export interface SavedProps {
  operationId: string
  /** Ids of what-ifs and drafts, and `live`. */
  picked: string[]
  onPick: (picked: string[]) => void
  onAgain: (asked: Partial<Asked>) => void
  onWork: () => void
}

export function WhatIfSaved({ operationId, picked, onPick, onAgain, onWork }: SavedProps) {
  const t = useWords(besideWords)
  const w = useWords(whatIfWords)
  const found = useAsk(whatIfs, { operationId })
  const drafts = useAsk(plans, { operationId })
  const error = found.error ?? drafts.error
  if (error) return <ProblemNote error={error} onRetry={() => void found.refetch()} />
  if (!found.data || !drafts.data) return <SkeletonRows rows={6} columns={5} />
  const { rows, names } = found.data
  if (rows.length === 0) {
    return (
      <Panel padded>
        <EmptyState
          sentence={t('savedEmpty')}
          action={{ label: t('toWork'), onClick: onWork }}
          example={t('savedExample')}
        />
      </Panel>
    )
  }
  const others = [
    { id: 'live', name: t('live') },
    ...drafts.data.map(one => ({ id: one.planId, name: t('draft', { name: one.name || one.fromDay }) })),
  ]
  const known = new Set([...rows.map(one => one.whatIfId), ...others.map(one => one.id)])
  const chosen = picked.filter(one => known.has(one)).slice(0, columnsMost)
  const toggle = (id: string) =>
    onPick(chosen.includes(id) ? chosen.filter(one => one !== id) : [...chosen, id])
  const full = chosen.length >= columnsMost
  return (
    <>
      <Panel title={w('saved')} note={t('pickHint')}>
        <div className="wf-others">
          {others.map(({ id, name }) => (
            <Checkbox
              key={id}
              checked={chosen.includes(id)}
              disabled={full && !chosen.includes(id)}
              onChange={() => toggle(id)}
            >
              {name}
            </Checkbox>
          ))}
        </div>
        <SavedTable {...{ rows, names, chosen, full, toggle, onAgain }} />
      </Panel>
      {chosen.length >= 2 ? <WhatIfBeside {...{ operationId, chosen, rows, names, others }} /> : null}
    </>
  )
}

interface TableProps {
  rows: SavedRow[]
  names: Record<string, string>
  chosen: string[]
  full: boolean
  toggle: (id: string) => void
  onAgain: SavedProps['onAgain']
}

function SavedTable({ rows, names, chosen, full, toggle, onAgain }: TableProps) {
  const t = useWords(besideWords)
  const [ask, confirm] = useConfirm()
  const drop = useDo(deleteWhatIf)
  const [renaming, setRenaming] = useState<SavedRow | null>(null)
  const remove = async ({ whatIfId, revision, name }: SavedRow) => {
    const words = { title: t('removeAsk', { name }), then: t('removeThen'), ok: t('remove'), danger: true }
    if (await ask(words)) drop.mutate({ whatIfId, revision })
  }
  return (
    <>
      {drop.error ? <ProblemNote error={drop.error} safe="kept" /> : null}
      <Scroll label={t('beside')}>
        <table className="wf-table wf-text wf-saved">
          <thead>
            <tr>
              <th scope="col">{t('pickHead')}</th>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('verdict')}</th>
              <th scope="col">{t('acts')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.whatIfId}>
                <td>
                  <Checkbox
                    aria-label={t('pick', { name: row.name })}
                    checked={chosen.includes(row.whatIfId)}
                    disabled={full && !chosen.includes(row.whatIfId)}
                    onChange={() => toggle(row.whatIfId)}
                  />
                </td>
                <SavedCells row={row} names={names} />
                <td className="wf-acts">
                  <Button
                    aria-label={t('actOn', { act: t('again'), name: row.name })}
                    onClick={() => onAgain(againOf(row))}
                  >
                    {t('again')}
                  </Button>
                  <Button
                    aria-label={t('actOn', { act: t('rename'), name: row.name })}
                    onClick={() => setRenaming(row)}
                  >
                    {t('rename')}
                  </Button>
                  <Button
                    aria-label={t('actOn', { act: t('remove'), name: row.name })}
                    onClick={() => void remove(row)}
                  >
                    {t('remove')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {renaming ? <RenameDrawer row={renaming} onClose={() => setRenaming(null)} /> : null}
      {confirm}
    </>
  )
}

const againOf = ({ whatIfId, revision, name, fromDay, untilDay, suppositions }: SavedRow) => ({
  fromDay,
  untilDay,
  suppositions,
  origin: { whatIfId, revision, name },
})

function SavedCells({ row, names }: { row: SavedRow; names: Record<string, string> }) {
  const t = useWords(besideWords)
  const w = useWords(whatIfWords)
  const a = useWords(answerWords)
  const words = useWords(rosterWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const at = (instant: string) => formatDayTime(instant, { lang, timeZone })
  return (
    <>
      <td>
        <strong>{row.name}</strong>
        {row.suppositions.map(one => {
          const what = suppositionText(one, { t: w, words, lang, names })
          return (
            <span key={what} className="wf-small">
              {what}
            </span>
          )
        })}
        <span className="wf-small">
          {daysText(row, lang)} · {t('savedBy', { name: row.savedBy ?? w('gone'), at: at(row.savedAt) })}
        </span>
      </td>
      <td>
        <span className="wf-sentence">
          <Signal kind={row.open > 0 ? 'red' : 'green'} size={14} />
          {verdictText(row, a, lang)}
        </span>
        <span className="wf-small">{a('madeAt', { at: at(row.madeAt) })}</span>
        {(['demandChanged', 'rosterChanged'] as const).map(key =>
          row[key] ? (
            <span key={key} className="wf-changed">
              <Signal kind="amber" size={14} />
              {t(key)}
            </span>
          ) : null,
        )}
      </td>
    </>
  )
}

function RenameDrawer({ row, onClose }: { row: SavedRow; onClose: () => void }) {
  const t = useWords(besideWords)
  const [name, setName] = useState(row.name)
  const rename = useDo(renameWhatIf)
  const { whatIfId, revision } = row
  return (
    <FormDrawer
      title={t('rename')}
      subtitle={row.name}
      ok={t('renameDo')}
      ready={name.trim() !== '' && name.trim() !== row.name}
      doing={[rename]}
      onSubmit={() => rename.mutate({ whatIfId, revision, name: name.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field label={t('name')} required>
        <TextInput value={name} maxLength={60} onChange={setName} />
      </Field>
    </FormDrawer>
  )
}
