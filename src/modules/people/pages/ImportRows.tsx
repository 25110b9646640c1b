import { Button } from 'antd'
import { useState } from 'react'
import { SelectInput, TextInput, useLang, useWords } from '../../../ui/index.ts'
import { officerKinds, officerKindTitles } from '../contracts-words.ts'
import type { Preview, PreviewFault } from '../import-shapes.ts'
import { importWords } from './import-words.ts'
import type { Unit } from './labels.tsx'
import type { ImportState } from './use-import.ts'

export type RowsTab = 'refused' | 'duplicate' | 'accepted'
type RowsProps = {
  state: ImportState
  preview: Preview
  units: readonly Unit[]
  tab: RowsTab
  onTab: (tab: RowsTab) => void
}
/** A person looks at the first rows; the whole list is the download. */
const shownMost = 200

export function ImportRows({ state, preview, units, tab, onTab }: RowsProps) {
  const t = useWords(importWords)
  const { counts } = preview
  return (
    <section>
      <div className="fx-import-bar" role="tablist">
        {(['refused', 'duplicate', 'accepted'] as const).map(one => (
          <button
            key={one}
            type="button"
            role="tab"
            className="fx-import-tab"
            aria-selected={tab === one}
            onClick={() => onTab(one)}
          >
            {t(one)} {counts[one]}
          </button>
        ))}
        <span className="fx-import-choice">
          <span className="fx-import-note">{t('existing')}</span>
          <SelectInput
            value={state.said.existing}
            aria-label={t('existing')}
            disabled={state.busy}
            onChange={value => state.say({ existing: value as 'update' })}
            options={[
              { value: 'update', label: t('update') },
              { value: 'skip', label: t('skip') },
            ]}
          />
        </span>
      </div>
      <div className="fx-import-scroll">
        {tab === 'refused' ? <Faults state={state} preview={preview} units={units} /> : null}
        {tab === 'duplicate' ? <Duplicates preview={preview} /> : null}
        {tab === 'accepted' ? <Accepted preview={preview} /> : null}
      </div>
    </section>
  )
}

function Faults({ state, preview, units }: Pick<RowsProps, 'state' | 'preview' | 'units'>) {
  const t = useWords(importWords)
  if (preview.refused.length === 0) return <p className="fx-import-note">{t('noFaults')}</p>
  const faults = preview.refused
    .slice(0, shownMost)
    .flatMap(({ more, row, ...fault }) => [fault, ...more].map(one => ({ ...one, row })))
  return (
    <>
      <table className="fx-import-faults" aria-label={t('refused')}>
        <thead>
          <tr>
            <th data-end>{t('row')}</th>
            <th>{t('column')}</th>
            <th>{t('header')}</th>
            <th>{t('value')}</th>
            <th>{t('why')}</th>
            <th data-end>{t('mend')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(fault => (
            <FaultRow key={`${fault.row}${fault.column}`} fault={fault} state={state} units={units} />
          ))}
        </tbody>
      </table>
      {preview.refused.length > shownMost ? (
        <p className="fx-import-note">{t('first', { n: shownMost })}</p>
      ) : null}
    </>
  )
}

type Fault = PreviewFault & { row: number }
type FaultProps = { fault: Fault; state: ImportState; units: readonly Unit[] }

/** A phone is shown by both its ends only; the cell can still be edited. */
const shownText = (fault: Fault) =>
  fault.field === 'phone' ? fault.text.replace(/(\d{3})\d{3,}(\d{2})/, '$1****$2') : fault.text

function FaultRow({ fault, state, units }: FaultProps) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const [text, setText] = useState<string | null>(null)
  const finish = () => {
    if (text !== null) state.fixCell(fault.row, fault.column, text)
    setText(null)
  }
  return (
    <tr>
      <td data-end>
        <strong>{fault.row}</strong>
      </td>
      <td>{fault.column}</td>
      <td>{fault.header}</td>
      <td>
        {text === null ? (
          <span className="fx-import-cell">{shownText(fault) || t('blank')}</span>
        ) : (
          <form
            onSubmit={event => {
              event.preventDefault()
              finish()
            }}
          >
            <TextInput
              autoFocus
              value={text}
              maxLength={300}
              aria-label={`${fault.row} ${fault.header}`}
              onChange={setText}
              onKeyDown={event => {
                if (event.key !== 'Escape') return
                event.stopPropagation()
                setText(null)
              }}
            />
          </form>
        )}
      </td>
      <td>{fault[lang]}</td>
      <td data-end>
        {text === null ? (
          <Mend fault={fault} state={state} units={units} onEdit={() => setText(fault.text)} />
        ) : (
          <Button type="link" size="small" onClick={finish}>
            {t('mendDone')}
          </Button>
        )}
      </td>
    </tr>
  )
}

/** The one click where it is sure what was meant; a list where there is one; else the cell itself. */
function Mend({ fault, state, units, onEdit }: FaultProps & { onEdit: () => void }) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const { fix, field, row, column } = fault
  const word = fault.text.trim()
  const matched = (field === 'unit' || field === 'kind') && word !== ''
  const options =
    field === 'unit'
      ? units.map(unit => ({ value: unit.name, label: unit.name }))
      : officerKinds.map(kind => ({ value: kind, label: officerKindTitles[kind][lang] }))
  const apply = (value: string, all: boolean) => {
    if (all && (field === 'unit' || field === 'kind')) state.matchWord(field, wordIn(word, field), value)
    else state.fixCell(row, column, value)
  }
  return (
    <span className="fx-import-mend">
      {fix ? (
        <Button type="link" size="small" disabled={state.busy} onClick={() => apply(fix.value, fix.all)}>
          {fix[lang]}
        </Button>
      ) : null}
      {matched && !fix ? (
        <SelectInput
          value=""
          aria-label={field === 'unit' ? t('pickUnit') : t('pickKind')}
          placeholder={field === 'unit' ? t('pickUnit') : t('pickKind')}
          disabled={state.busy}
          onChange={value => apply(value, true)}
          options={options}
        />
      ) : null}
      {!fix && !matched ? (
        <Button type="link" size="small" disabled={state.busy} onClick={onEdit}>
          {t('mendCell')}
        </Button>
      ) : null}
    </span>
  )
}

/** As the server compares words: kinds without blanks and brackets, units as they stand. */
function wordIn(text: string, field: 'unit' | 'kind'): string {
  if (field === 'unit') return text.normalize('NFKC')
  return text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^[([【〔](.*)[)\]】〕]$/, '$1')
}

function Duplicates({ preview }: { preview: Preview }) {
  const t = useWords(importWords)
  const { lang } = useLang()
  if (preview.duplicates.length === 0) return <p className="fx-import-note">{t('noDuplicates')}</p>
  return (
    <table aria-label={t('duplicate')}>
      <tbody>
        {preview.duplicates.slice(0, shownMost).map(one => (
          <tr key={one.row}>
            <td data-end>
              <strong>{one.row}</strong>
            </td>
            <td>{one.name}</td>
            <td>{one.badge}</td>
            <td>{one[lang]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Accepted({ preview }: { preview: Preview }) {
  const t = useWords(importWords)
  const { lang } = useLang()
  if (preview.accepted.length === 0) return <p className="fx-import-note">{t('noAccepted')}</p>
  return (
    <>
      <table aria-label={t('accepted')}>
        <tbody>
          {preview.accepted.slice(0, shownMost).map(({ row, value }) => (
            <tr key={row}>
              <td data-end>
                <strong>{row}</strong>
              </td>
              <td>{value.name}</td>
              <td>{value.badge}</td>
              <td>{officerKindTitles[value.kind][lang]}</td>
              <td>{value.unit}</td>
              <td>{value.officerId === null ? t('added') : t('updated')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.accepted.length > shownMost ? (
        <p className="fx-import-note">{t('firstRows', { n: shownMost })}</p>
      ) : null}
    </>
  )
}
