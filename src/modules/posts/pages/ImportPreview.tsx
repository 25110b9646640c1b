import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { DetailSection, EquationCounts, SelectInput, Signal, useLang, useWords } from '../../../ui/index.ts'
import { postKindTitles, zoneKindTitles } from '../contracts.ts'
import type { SheetPreview } from '../upload-sheet.ts'
import type { Brought } from './import-state.ts'
import { importWords } from './words.ts'

/** More rows than this are in the file, not on the screen. */
const shown = 200

export function ImportPreview(props: {
  brought: Brought
  onMapping: (mapping: Record<string, string | null>) => void
}) {
  const { brought, onMapping } = props
  const t = useWords(importWords)
  const { lang } = useLang()
  const { counts, refused, duplicate } = brought.preview
  const unit = brought.what === 'sheet' ? t('rowUnit') : t('featureUnit')
  const card = (key: 'read' | 'accepted' | 'duplicate' | 'refused', signal?: 'green' | 'amber' | 'red') => ({
    key,
    label: t(key),
    value: counts[key],
    unit,
    signal,
    note: key === 'refused' ? t('notWritten') : undefined,
  })
  return (
    <div className="fx-posts-counts">
      <EquationCounts
        total={card('read')}
        parts={[card('accepted', 'green'), card('duplicate', 'amber'), card('refused', 'red')]}
      />
      {brought.what === 'sheet' && brought.preview.skipped.length > 0 ? (
        <p className="fx-posts-note">{t('skipped', { n: brought.preview.skipped.length })}</p>
      ) : null}
      {brought.what === 'sheet' ? <MappingTable preview={brought.preview} onMapping={onMapping} /> : null}
      <Tabs
        items={[
          {
            key: 'refused',
            label: `${t('refused')} ${refused.length}`,
            children: <Refused brought={brought} />,
          },
          {
            key: 'duplicate',
            label: `${t('duplicate')} ${duplicate.length}`,
            children: (
              <PlainTable heads={[t('row'), '', t('why')]} total={duplicate.length}>
                {duplicate.slice(0, shown).map((one, index) => (
                  <tr key={index}>
                    <td>{'rowNumber' in one ? one.rowNumber : one.n}</td>
                    <td>{one.name}</td>
                    <td>{one[lang]}</td>
                  </tr>
                ))}
              </PlainTable>
            ),
          },
          {
            key: 'accepted',
            label: `${t('accepted')} ${counts.accepted}`,
            children: <Accepted brought={brought} />,
          },
        ]}
      />
    </div>
  )
}

function PlainTable({ heads, total, children }: { heads: string[]; total: number; children: ReactNode }) {
  const t = useWords(importWords)
  return (
    <>
      <table className="fx-posts-plain">
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={index}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {total > shown ? <p className="fx-posts-note">{t('more', { n: shown })}</p> : null}
    </>
  )
}

function Refused({ brought }: { brought: Brought }) {
  const t = useWords(importWords)
  const { lang } = useLang()
  if (brought.what === 'geojson') {
    const { refused } = brought.preview
    return (
      <PlainTable heads={[t('row'), '', t('why')]} total={refused.length}>
        {refused.slice(0, shown).map(one => (
          <tr key={one.n}>
            <td>{one.n}</td>
            <td>{one.name}</td>
            <td>{one[lang]}</td>
          </tr>
        ))}
      </PlainTable>
    )
  }
  const { refused } = brought.preview
  return (
    <PlainTable heads={[t('row'), t('column'), t('field'), t('cell'), t('why')]} total={refused.length}>
      {refused.slice(0, shown).map(one => (
        <tr key={one.rowNumber}>
          <td>{one.rowNumber}</td>
          <td>{one.column}</td>
          <td>{one.header}</td>
          <td>
            <span className="fx-posts-cell">{one.text || t('blank')}</span>
          </td>
          <td>{one[lang]}</td>
        </tr>
      ))}
    </PlainTable>
  )
}

function Accepted({ brought }: { brought: Brought }) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const rows =
    brought.what === 'sheet'
      ? brought.preview.accepted.map(({ rowNumber, post }) => ({
          n: rowNumber,
          code: post.code,
          name: post.name,
          kind: postKindTitles[post.kind][lang],
        }))
      : [
          ...brought.preview.zones.map(({ n, zone }) => ({
            n,
            code: '',
            name: zone.name,
            kind: zoneKindTitles[zone.kind][lang],
          })),
          ...brought.preview.posts.map(({ n, post }) => ({
            n,
            code: post.code,
            name: post.name,
            kind: postKindTitles[post.kind][lang],
          })),
        ]
  return (
    <PlainTable heads={[t('row'), '', '', '']} total={rows.length}>
      {rows.slice(0, shown).map(row => (
        <tr key={row.n}>
          <td>{row.n}</td>
          <td>{row.code}</td>
          <td>{row.name}</td>
          <td>{row.kind}</td>
        </tr>
      ))}
    </PlainTable>
  )
}

type MappingTableProps = {
  preview: SheetPreview
  onMapping: (mapping: Record<string, string | null>) => void
}

function MappingTable({ preview, onMapping }: MappingTableProps) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const fields = preview.fields.map(field => ({ value: field.key, label: field[lang] }))
  const missing = preview.fields
    .filter(field => preview.missing.includes(field.key))
    .map(field => field[lang])
  /** A field goes to one column: choosing it here takes it from where it was. */
  const choose = (letter: string, key: string | null) =>
    onMapping(
      Object.fromEntries(
        preview.columns.map(column => [
          column.letter,
          column.letter === letter ? key : column.key === key ? null : column.key,
        ]),
      ),
    )
  return (
    <DetailSection
      title={t('columns')}
      note={missing.length > 0 ? t('missing', { fields: missing.join('、') }) : undefined}
    >
      <table className="fx-posts-plain">
        <thead>
          <tr>
            <th>{t('column')}</th>
            <th>{t('inFile')}</th>
            <th>{t('sample')}</th>
            <th>{t('becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.columns.map(column => (
            <tr key={column.letter}>
              <td>{column.letter}</td>
              <td>{column.header}</td>
              <td className="fx-posts-note">{column.sample.slice(0, 40)}</td>
              <td>
                <SelectInput
                  aria-label={`${column.letter} ${t('becomes')}`}
                  value={column.key ?? ''}
                  options={fields}
                  placeholder={t('ignore')}
                  onChange={next => choose(column.letter, next || null)}
                />{' '}
                {column.status === 'similar' ? <Signal kind="amber" size={14} /> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </DetailSection>
  )
}
