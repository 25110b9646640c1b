import { SelectInput, Signal, useLang, useWords } from '../../../ui/index.ts'
import {
  type ImportField,
  importFieldTitles,
  importFields,
  skillKinds,
  skillTitles,
} from '../contracts-words.ts'
import type { Preview, PreviewColumn } from '../import-shapes.ts'
import { importWords } from './import-words.ts'
import type { ImportState } from './use-import.ts'

/** Each column of the file: what stands in it, where it goes, and how well it was understood. */
export function ImportColumns({ state, preview }: { state: ImportState; preview: Preview }) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const options = importFields.map(field => ({ value: field, label: importFieldTitles[field][lang] }))
  return (
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
          {preview.columns.map(column => (
            <tr key={column.letter}>
              <td>{column.letter}</td>
              <td>{column.header}</td>
              <td className="fx-import-sample">{column.sample}</td>
              <td>
                <SelectInput
                  value={column.field ?? ''}
                  aria-label={`${column.letter} ${t('writeTo')}`}
                  placeholder={t('notImported')}
                  disabled={state.busy}
                  onChange={value =>
                    state.mapColumn(column.letter, value === '' ? null : (value as ImportField))
                  }
                  options={options}
                />
              </td>
              <td>
                <ColumnState state={state} column={column} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ColumnState({ state, column }: { state: ImportState; column: PreviewColumn }) {
  const t = useWords(importWords)
  const { lang } = useLang()
  if (column.field === null) return <span className="fx-import-note">—</span>
  const [first] = column.unknown
  if (first) {
    const n = column.unknown.length
    return (
      <span className="fx-import-state fx-tone-amber">
        <Signal kind="amber" size={14} />
        {n === 1 ? t('unknownWord', { word: first.word }) : t('unknownMore', { word: first.word, n })}
        <SelectInput
          value=""
          aria-label={t('matchWord', { word: first.word })}
          placeholder={t('matchWord', { word: first.word })}
          disabled={state.busy}
          onChange={value => state.matchWord('skills', first.word, value === 'nothing' ? '' : value)}
          options={[
            ...skillKinds.map(skill => ({ value: skill, label: skillTitles[skill][lang] })),
            { value: 'nothing', label: t('matchNothing') },
          ]}
        />
      </span>
    )
  }
  const similar = column.status === 'similar'
  return (
    <span className={similar ? 'fx-import-state fx-tone-amber' : 'fx-import-state'}>
      <Signal kind={similar ? 'amber' : 'green'} size={14} />
      {similar ? t('similar') : understood(column, t)}
    </span>
  )
}

function understood(column: PreviewColumn, t: ReturnType<typeof useWords<typeof importWords>>): string {
  if (column.field === 'phone') return t('sealed')
  if (column.field === 'name' && column.cleaned > 0) return t('cleaned', { n: column.cleaned })
  if (column.values !== null && column.values > 0) return t('matched', { n: column.values })
  if (column.status === 'remembered') return t('remembered')
  return column.status === 'chosen' ? t('chosen') : t('recognised')
}
