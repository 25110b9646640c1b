import type { ReactNode } from 'react'
import { SelectInput } from '../components/FieldForm.tsx'
import { useLang, useWords } from '../i18n.ts'
import { Signal } from '../signals.tsx'
import type { ImportColumn, ImportList } from './import-types.ts'
import { importWords } from './import-words.ts'
import type { BroughtView } from './use-brought.ts'

type ColumnsProps = {
  brought: BroughtView
  list: ImportList
  columnState?: (letter: string) => ReactNode
  rememberBox: ReactNode
}

/** Each column of the file: what stands in it, where it goes, and how well it was understood. */
export function ImportColumns({ brought, list, columnState, rememberBox }: ColumnsProps) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const { columns, fields, missing } = list
  const known = columns.filter(column => column.field !== null).length
  const note = t('mappingNote', { n: columns.length, known, not: columns.length - known })
  /** A field goes to one column: chosen here, it leaves where it was. */
  const map = (letter: string, field: string | null) =>
    brought.say({
      mapping: Object.fromEntries(
        columns.map(one => [
          one.letter,
          one.letter === letter ? field : one.field === field ? null : one.field,
        ]),
      ),
    })
  return (
    <section>
      <div className="fx-import-bar">
        <h2>{t('mapping')}</h2>
        <span className="fx-import-note">{list.remembered ? `${note} · ${t('remembered')}` : note}</span>
        {rememberBox}
      </div>
      <div className="fx-import-scroll">
        <table aria-label={t('mapping')}>
          <thead>
            <tr>
              <th>{t('column')}</th>
              <th>{t('inFile')}</th>
              <th>{t('sample')}</th>
              <th>{t('writeTo')}</th>
              <th>{t('state')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(column => (
              <tr key={column.letter}>
                <td>{column.letter}</td>
                <td>{column.header}</td>
                <td className="fx-import-sample">{column.sample}</td>
                <td>
                  <SelectInput
                    value={column.field ?? ''}
                    aria-label={`${column.letter} ${t('writeTo')}`}
                    placeholder={t('notImported')}
                    disabled={brought.busy}
                    onChange={value => map(column.letter, value || null)}
                    options={fields.map(field => ({ value: field.key, label: field[lang] }))}
                  />
                </td>
                <td>{columnState?.(column.letter) ?? <ColumnState column={column} list={list} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {missing.length > 0 ? (
        <p className="fx-import-state fx-tone-amber" role="alert">
          <Signal kind="amber" size={14} />
          {t('missing', {
            columns: missing.map(key => fields.find(field => field.key === key)?.[lang] ?? key).join('、'),
          })}
        </p>
      ) : null}
    </section>
  )
}

function ColumnState({ column, list }: { column: ImportColumn; list: ImportList }) {
  const t = useWords(importWords)
  const { field, status } = column
  if (field === null) return <span className="fx-import-note">—</span>
  if (status === 'similar') return <ImportState tone="amber">{t('similar')}</ImportState>
  if (list.fields.find(one => one.key === field)?.secret) return <ImportState>{t('sealed')}</ImportState>
  const said = status === 'remembered' || status === 'chosen' ? status : 'recognised'
  return <ImportState>{t(said)}</ImportState>
}

/** A small line behind its signal. */
export function ImportState({ tone, children }: { tone?: 'amber'; children: ReactNode }) {
  return (
    <span className={tone ? `fx-import-state fx-tone-${tone}` : 'fx-import-state'}>
      <Signal kind={tone ?? 'green'} size={14} />
      {children}
    </span>
  )
}
