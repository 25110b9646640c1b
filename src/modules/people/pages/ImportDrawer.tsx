import './import.css'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useClient } from '../../../device/hooks.ts'
import { Problem } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  EquationCounts,
  Icon,
  ProblemNote,
  ProgressNote,
  SelectInput,
  Signal,
  SkeletonPanel,
  StepsHead,
  useFolded,
  useLang,
  useSlow,
  useWords,
} from '../../../ui/index.ts'
import { importFieldTitles } from '../contracts-words.ts'
import type { Preview } from '../import-shapes.ts'
import { ImportColumns } from './ImportColumns.tsx'
import { ImportRows, type RowsTab } from './ImportRows.tsx'
import { importWords } from './import-words.ts'
import type { Unit } from './labels.tsx'
import { type ImportState, useImport } from './use-import.ts'

type ImportDrawerProps = { units: readonly Unit[]; onClose: () => void }

/** 选文件 → 核对列与数据 → 写入 */
export function ImportDrawer({ units, onClose }: ImportDrawerProps) {
  const t = useWords(importWords)
  const state = useImport()
  const [remember, setRemember] = useState(true)
  const folded = useFolded()
  const steps = [t('step1'), t('step2'), t('step3')]
  const step = state.written ? 2 : state.preview || state.busy ? 1 : 0
  return (
    <DetailDrawer
      open
      width={800}
      onClose={onClose}
      title={t('title')}
      head={
        folded ? <span>{`${step + 1}/3 ${steps[step]}`}</span> : <StepsHead steps={steps} current={step} />
      }
      footStart={step === 1 ? <Refused state={state} /> : undefined}
      footEnd={<Foot state={state} remember={remember} onClose={onClose} />}
    >
      <div className="fx-import">
        {state.written ? (
          <Done state={state} />
        ) : state.preview && state.file ? (
          <Check
            state={state}
            preview={state.preview}
            units={units}
            remember={remember}
            onRemember={setRemember}
          />
        ) : (
          <ChooseFile state={state} />
        )}
      </div>
    </DetailDrawer>
  )
}

function Foot({ state, remember, onClose }: { state: ImportState; remember: boolean; onClose: () => void }) {
  const t = useWords(importWords)
  if (state.written) {
    return (
      <>
        <Button onClick={state.restart}>{t('more')}</Button>
        <Button type="primary" onClick={onClose}>
          {t('close')}
        </Button>
      </>
    )
  }
  if (!state.preview) return null
  const n = state.preview.counts.accepted
  return (
    <>
      <Button onClick={state.restart} disabled={state.writing}>
        {t('back')}
      </Button>
      <Button
        type="primary"
        disabled={n === 0 || state.busy}
        loading={state.writing}
        onClick={() => void state.write(remember)}
      >
        {t('write', { n })}
      </Button>
    </>
  )
}

function Refused({ state }: { state: ImportState }) {
  const t = useWords(importWords)
  const n = state.preview?.counts.refused ?? 0
  if (n === 0) return null
  return (
    <>
      <Button icon={<Icon name="download" />} onClick={() => void state.downloadRefused()}>
        {t('download', { n })}
      </Button>
      <span className="fx-import-note">{t('downloadNote', { n })}</span>
    </>
  )
}

const encodings = ['gb18030', 'utf-8', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'] as const

function ChooseFile({ state }: { state: ImportState }) {
  const t = useWords(importWords)
  const client = useClient()
  const [over, setOver] = useState(false)
  const unknown = state.error instanceof Problem && state.error.code === 'sheets/unknown-encoding'
  if (state.busy && state.file) return <Reading name={state.file.name} />
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) state.choose(file)
  }
  return (
    <>
      {state.error ? <ProblemNote error={state.error} /> : null}
      {unknown ? (
        <SelectInput
          value=""
          aria-label={t('encoding')}
          placeholder={t('encoding')}
          onChange={value => state.say({ encoding: value as (typeof encodings)[number] })}
          options={encodings.map(one => ({ value: one, label: one.toUpperCase() }))}
        />
      ) : null}
      <label
        className="fx-import-drop"
        data-over={over || undefined}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <Icon name="upload" size={24} />
        <span>{t('drop')}</span>
        <span className="fx-import-note">{t('dropNote')}</span>
        <input
          type="file"
          accept=".xlsx,.xlsm,.xls,.xlsb,.ods,.et,.csv,.txt,.tsv"
          onChange={event => take(event.target.files)}
        />
      </label>
      <div>
        <Button icon={<Icon name="download" />} href={client.fileUrl('people.template', {})} download>
          {t('template')}
        </Button>
      </div>
    </>
  )
}

function Reading({ name }: { name: string }) {
  const t = useWords(importWords)
  const slow = useSlow(true)
  return (
    <>
      {slow ? <ProgressNote doing={t('reading', { name })} /> : null}
      <SkeletonPanel lines={10} />
    </>
  )
}

type CheckProps = {
  state: ImportState
  preview: Preview
  units: readonly Unit[]
  remember: boolean
  onRemember: (next: boolean) => void
}

function Check({ state, preview, units, remember, onRemember }: CheckProps) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const [tab, setTab] = useState<RowsTab>('refused')
  const { counts } = preview
  const slow = useSlow(state.busy)
  return (
    <>
      <FileLine state={state} preview={preview} />
      {state.error ? <ProblemNote error={state.error} safe="kept" /> : null}
      {slow ? <ProgressNote doing={t('reading', { name: preview.fileName })} /> : null}
      {state.writing ? <ProgressNote doing={t('writing', { n: counts.accepted })} /> : null}
      <Counts preview={preview} onTab={setTab} />
      <section>
        <div className="fx-import-bar">
          <h2>{t('mapping')}</h2>
          <Counted preview={preview} />
          <Checkbox checked={remember} onChange={event => onRemember(event.target.checked)}>
            {t('remember')}
          </Checkbox>
        </div>
        <ImportColumns state={state} preview={preview} />
        {preview.missing.length > 0 ? (
          <p className="fx-import-state fx-tone-amber" role="alert">
            <Signal kind="amber" size={14} />
            {t('missing', {
              columns: preview.missing.map(field => importFieldTitles[field][lang]).join('、'),
            })}
          </p>
        ) : null}
      </section>
      <ImportRows state={state} preview={preview} units={units} tab={tab} onTab={setTab} />
      {preview.passedOver.length > 0 ? (
        <p className="fx-import-note">{t('passedOver', { n: preview.passedOver.length })}</p>
      ) : null}
    </>
  )
}

function Counts({ preview, onTab }: { preview: Preview; onTab: (tab: RowsTab) => void }) {
  const t = useWords(importWords)
  const { counts, firstRow: first, lastRow: last } = preview
  return (
    <EquationCounts
      total={{
        key: 'read',
        label: t('read'),
        value: counts.read,
        unit: t('rows'),
        note: first > 0 ? t('readNote', { first, last }) : undefined,
      }}
      parts={[
        {
          key: 'accepted',
          label: t('accepted'),
          value: counts.accepted,
          unit: t('rows'),
          signal: 'green',
          note: t('acceptedNote', { added: counts.added, updated: counts.updated }),
          onOpen: () => onTab('accepted'),
        },
        {
          key: 'duplicate',
          label: t('duplicate'),
          value: counts.duplicate,
          unit: t('rows'),
          signal: 'amber',
          note: t('duplicateNote'),
          onOpen: () => onTab('duplicate'),
        },
        {
          key: 'refused',
          label: t('refused'),
          value: counts.refused,
          unit: t('rows'),
          signal: 'red',
          note: t('refusedNote'),
          onOpen: () => onTab('refused'),
        },
      ]}
    />
  )
}

function Counted({ preview }: { preview: Preview }) {
  const t = useWords(importWords)
  const known = preview.columns.filter(column => column.field !== null).length
  const n = preview.columns.length
  const note = t('mappingNote', { n, known, not: n - known })
  return <span className="fx-import-note">{preview.remembered ? `${note} · ${t('remembered')}` : note}</span>
}

function FileLine({ state, preview }: { state: ImportState; preview: Preview }) {
  const t = useWords(importWords)
  const { sheet, headerRow: header, firstRow: first, lastRow: last } = preview
  return (
    <div className="fx-import-file">
      <Icon name="file" />
      <span>{preview.fileName}</span>
      {preview.sheets.length > 1 ? (
        <SelectInput
          value={sheet}
          aria-label={t('sheet')}
          onChange={name => state.say({ sheet: name, mapping: null, fixes: [] })}
          options={preview.sheets.map(one => ({ value: one.name, label: `${one.name} (${one.rows})` }))}
        />
      ) : null}
      <span className="fx-import-note">
        {first > 0 ? t('place', { sheet, header, first, last }) : t('placeNoRows', { sheet, header })}
      </span>
      <Button type="link" size="small" onClick={state.restart}>
        {t('otherFile')}
      </Button>
    </div>
  )
}

function Done({ state }: { state: ImportState }) {
  const t = useWords(importWords)
  const { written, preview } = state
  if (!written) return null
  const left = preview?.counts.refused ?? 0
  return (
    <div className="fx-import-done" role="status">
      <strong>
        <Signal kind="green" size={20} />
        {t('done', { n: written.added + written.updated + written.unchanged })}
      </strong>
      <p>{t('doneNote', written)}</p>
      {left > 0 ? (
        <p className="fx-import-state fx-tone-amber">
          <Signal kind="amber" size={14} />
          {t('left', { n: left })}
          <Refused state={state} />
        </p>
      ) : null}
    </div>
  )
}
