import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { SelectInput, TextInput } from '../components/FieldForm.tsx'
import { useLang, useWords } from '../i18n.ts'
import type { ImportFault, ImportPreview, ImportRow, MendList, RowsTab } from './import-types.ts'
import { importWords } from './import-words.ts'
import type { BroughtView } from './use-brought.ts'

/** A person looks at the first rows; the whole list is in the file. */
const shownMost = 200

type FaultsProps = {
  brought: BroughtView
  preview: ImportPreview
  mend?: (fault: Fault) => MendList | undefined
}
type RowsProps = FaultsProps & {
  rows: Record<'accepted' | 'duplicate', ImportRow[]>
  aside?: ReactNode
  tab: RowsTab
  onTab: (tab: RowsTab) => void
}

export function ImportRows(props: RowsProps) {
  const { preview, rows, aside, tab, onTab } = props
  const t = useWords(importWords)
  const listed = tab === 'refused' ? preview.refused : rows[tab]
  return (
    <section>
      <div className="fx-import-bar">
        <div className="fx-import-tabs" role="tablist">
          {(['refused', 'duplicate', 'accepted'] as const).map(one => (
            <button
              key={one}
              type="button"
              role="tab"
              className="fx-import-tab"
              aria-selected={tab === one}
              onClick={() => onTab(one)}
            >
              {t(one)} {preview.counts[one]}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div className="fx-import-scroll" role="tabpanel" aria-label={t(tab)}>
        {listed.length === 0 ? (
          <p className="fx-import-note">{t(`no${tab}`)}</p>
        ) : tab === 'refused' ? (
          <Faults {...props} />
        ) : (
          <table aria-label={t(tab)}>
            <tbody>
              {rows[tab].slice(0, shownMost).map(({ row, cells }) => (
                <tr key={row}>
                  <td data-end>
                    <strong>{row}</strong>
                  </td>
                  {cells.map((cell, at) => (
                    <td key={at}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {listed.length > shownMost ? <p className="fx-import-note">{t('first', { n: shownMost })}</p> : null}
    </section>
  )
}

function Faults({ preview, ...props }: FaultsProps) {
  const t = useWords(importWords)
  const faults = preview.refused
    .slice(0, shownMost)
    .flatMap(({ more = [], row, ...fault }) => [fault, ...more].map(one => ({ ...one, row })))
  return (
    <table className="fx-import-faults" aria-label={t('refused')}>
      <thead>
        <tr>
          <th data-end>{t('row')}</th>
          {preview.list ? (
            <>
              <th>{t('column')}</th>
              <th>{t('header')}</th>
            </>
          ) : null}
          <th>{preview.list ? t('value') : t('name')}</th>
          <th>{t('why')}</th>
          {preview.list ? <th data-end>{t('mend')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {faults.map(fault => (
          <FaultRow key={`${fault.row}${fault.column}`} {...props} preview={preview} fault={fault} />
        ))}
      </tbody>
    </table>
  )
}

type Fault = ImportFault & { row: number }

function FaultRow(props: FaultsProps & { fault: Fault }) {
  const { fault, brought, preview } = props
  const t = useWords(importWords)
  const { lang } = useLang()
  const [text, setText] = useState<string | null>(null)
  const finish = () => {
    if (text !== null) brought.fixCell(fault, text)
    setText(null)
  }
  const secret = preview.list?.fields.find(field => field.key === fault.field)?.secret
  /** The number of a person is shown by both its ends only; the cell can still be edited. */
  const shown = secret ? fault.text.replace(/(\d{3})\d{3,}(\d{2})/, '$1****$2') : fault.text
  return (
    <tr>
      <td data-end>
        <strong>{fault.row}</strong>
      </td>
      {preview.list ? (
        <>
          <td>{fault.column}</td>
          <td>{fault.header}</td>
        </>
      ) : null}
      <td>
        {text === null ? (
          <span className="fx-import-cell">{shown || t('blank')}</span>
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
      {preview.list ? (
        <td data-end>
          {text === null ? (
            <Mend {...props} onEdit={() => setText(fault.text)} />
          ) : (
            <Button type="link" size="small" onClick={finish}>
              {t('mendDone')}
            </Button>
          )}
        </td>
      ) : null}
    </tr>
  )
}

/** The one click where it is sure what was meant; a list where there is one; else the cell itself. */
function Mend({ fault, brought, mend, onEdit }: FaultsProps & { fault: Fault; onEdit: () => void }) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const { fix } = fault
  const list = mend?.(fault)
  if (fix) {
    const apply = () => (fix.all && list ? list.apply(fix.value) : brought.fixCell(fault, fix.value))
    return (
      <Button type="link" size="small" disabled={brought.busy} onClick={apply}>
        {fix[lang]}
      </Button>
    )
  }
  if (list) {
    return (
      <SelectInput
        value=""
        aria-label={list.label}
        placeholder={list.label}
        disabled={brought.busy}
        onChange={list.apply}
        options={list.options}
      />
    )
  }
  return (
    <Button type="link" size="small" disabled={brought.busy} onClick={onEdit}>
      {t('mendCell')}
    </Button>
  )
}
