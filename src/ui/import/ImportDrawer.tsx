import './import.css'
import { Button, Checkbox } from 'antd'
import { type ReactNode, useState } from 'react'
import { Problem } from '../../kernel/contract.ts'
import { DetailDrawer } from '../components/DetailDrawer.tsx'
import { EquationCounts } from '../components/EquationCounts.tsx'
import { SelectInput } from '../components/FieldForm.tsx'
import { useFolded } from '../components/media.ts'
import { ProblemNote } from '../components/ProblemNote.tsx'
import { ProgressNote, SkeletonPanel, useSlow } from '../components/states.tsx'
import { StepsHead } from '../components/StepsHead.tsx'
import { useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Signal } from '../signals.tsx'
import { ImportColumns } from './ImportColumns.tsx'
import { ImportRows } from './ImportRows.tsx'
import type { ImportFault, ImportList, ImportPreview, ImportRow, MendList, RowsTab } from './import-types.ts'
import { importWords } from './import-words.ts'
import type { BroughtView } from './use-brought.ts'

export type ImportDrawerProps = {
  brought: BroughtView
  preview: ImportPreview | null
  title: string
  /** What is dropped here, and which files may be. */
  drop: string
  dropNote: string
  /** Endings of files, as an input takes them. */
  accept: string
  /** Address of the template. */
  template: string
  /** Of what was read, where it is not rows. */
  unit?: string
  rows: Record<'accepted' | 'duplicate', ImportRow[]>
  acceptedNote?: string
  /** What the file does not say itself; each change reads it again. */
  choices?: ReactNode
  /** At the right of the tabs of rows. */
  aside?: ReactNode
  /** How a column was understood, where there is more to say than usual. */
  columnState?: (letter: string) => ReactNode
  mend?: (fault: ImportFault & { row: number }) => MendList | undefined
  /** Something besides the file is still missing. */
  unready?: boolean
  /** The button names its effect: 写入 119 人 */
  write: string
  writing: string
  onWrite: (remember: boolean) => void
  /** Downloads the refused rows. */
  onRefused?: () => void
  /** What was written, once it is. */
  done: { title: string; note?: string } | null
  onClose: () => void
}

/** 选文件 → 核对列与数据 → 写入. What is read and what is written is the page's; here are the looks and the steps. */
export function ImportDrawer(props: ImportDrawerProps) {
  const { brought, preview, onClose } = props
  const t = useWords(importWords)
  const [remember, setRemember] = useState(true)
  const folded = useFolded()
  const steps = [t('step1'), t('step2'), t('step3')]
  const step = props.done ? 2 : preview || brought.busy ? 1 : 0
  return (
    <DetailDrawer
      open
      width={800}
      onClose={onClose}
      title={props.title}
      head={
        folded ? <span>{`${step + 1}/3 ${steps[step]}`}</span> : <StepsHead steps={steps} current={step} />
      }
      footStart={step === 1 ? <Refused {...props} /> : undefined}
      footEnd={preview ? <Foot {...props} remember={remember} /> : undefined}
    >
      <div className="fx-import">
        {props.done ? (
          <Done {...props} done={props.done} />
        ) : preview && brought.file ? (
          <Check
            {...props}
            preview={preview}
            rememberBox={
              <Checkbox checked={remember} onChange={event => setRemember(event.target.checked)}>
                {t('remember')}
              </Checkbox>
            }
          />
        ) : (
          <ChooseFile {...props} />
        )}
      </div>
    </DetailDrawer>
  )
}

function Foot(props: ImportDrawerProps & { remember: boolean }) {
  const { brought, preview, done, onClose } = props
  const t = useWords(importWords)
  const writing = brought.writing !== null
  const off = props.unready || brought.busy || preview?.counts.accepted === 0
  return (
    <>
      <Button onClick={brought.restart} disabled={writing}>
        {done ? t('more') : t('back')}
      </Button>
      {done ? (
        <Button type="primary" onClick={onClose}>
          {t('close')}
        </Button>
      ) : (
        <Button type="primary" disabled={off} loading={writing} onClick={() => props.onWrite(props.remember)}>
          {props.write}
        </Button>
      )}
    </>
  )
}

function Refused({ preview, onRefused }: ImportDrawerProps) {
  const t = useWords(importWords)
  const n = preview?.counts.refused ?? 0
  if (n === 0 || !onRefused) return null
  return (
    <>
      <Button icon={<Icon name="download" />} onClick={onRefused}>
        {t('download', { n })}
      </Button>
      <span className="fx-import-note">{t('downloadNote', { n })}</span>
    </>
  )
}

const encodings = ['gb18030', 'utf-8', 'utf-16le', 'utf-16be', 'big5', 'windows-1252']

function ChooseFile({ brought, drop, dropNote, accept, template }: ImportDrawerProps) {
  const t = useWords(importWords)
  const [over, setOver] = useState(false)
  const { file, busy, error } = brought
  const slow = useSlow(busy)
  if (busy && file) {
    return (
      <>
        {slow ? <ProgressNote doing={t('reading', { name: file.name })} /> : null}
        <SkeletonPanel lines={10} />
      </>
    )
  }
  const take = (files: FileList | null) => {
    const next = files?.[0]
    if (next) brought.choose(next)
  }
  return (
    <>
      {error ? <ProblemNote error={error} /> : null}
      {error instanceof Problem && error.code === 'sheets/unknown-encoding' ? (
        <SelectInput
          value=""
          aria-label={t('encoding')}
          placeholder={t('encoding')}
          onChange={encoding => brought.say({ encoding })}
          options={encodings.map(value => ({ value, label: value.toUpperCase() }))}
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
        <span>{drop}</span>
        <span className="fx-import-note">{dropNote}</span>
        <input type="file" accept={accept} onChange={event => take(event.target.files)} />
      </label>
      <div>
        <Button icon={<Icon name="download" />} href={template} download>
          {t('template')}
        </Button>
      </div>
    </>
  )
}

function Check(props: ImportDrawerProps & { preview: ImportPreview; rememberBox: ReactNode }) {
  const { brought, preview, rememberBox } = props
  const t = useWords(importWords)
  const [tab, setTab] = useState<RowsTab>('refused')
  const { list } = preview
  const { file, error, writing } = brought
  const slow = useSlow(brought.busy)
  return (
    <>
      <div className="fx-import-file">
        <Icon name="file" />
        <span>{file?.name}</span>
        {list ? <SheetPlace brought={brought} list={list} /> : null}
        <Button type="link" size="small" onClick={brought.restart}>
          {t('otherFile')}
        </Button>
      </div>
      {error ? <ProblemNote error={error} safe="kept" /> : null}
      {slow ? <ProgressNote doing={t('reading', { name: file?.name ?? '' })} /> : null}
      {writing ? <ProgressNote doing={props.writing} {...writing} /> : null}
      <Counts {...props} onTab={setTab} />
      {props.choices}
      {list ? (
        <ImportColumns
          brought={brought}
          list={list}
          columnState={props.columnState}
          rememberBox={rememberBox}
        />
      ) : null}
      <ImportRows {...props} tab={tab} onTab={setTab} />
      {list && list.passedOver.length > 0 ? (
        <p className="fx-import-note">{t('passedOver', { n: list.passedOver.length })}</p>
      ) : null}
    </>
  )
}

function SheetPlace({ brought, list }: { brought: BroughtView; list: ImportList }) {
  const t = useWords(importWords)
  const { sheet, headerRow: header, firstRow: first, lastRow: last } = list
  return (
    <>
      {list.sheets.length > 1 ? (
        <SelectInput
          value={sheet}
          aria-label={t('sheet')}
          onChange={name => brought.say({ sheet: name, mapping: null, fixes: [] })}
          options={list.sheets.map(one => ({ value: one.name, label: `${one.name} (${one.rows})` }))}
        />
      ) : null}
      <span className="fx-import-note">
        {first > 0 ? t('place', { sheet, header, first, last }) : t('placeNoRows', { sheet, header })}
      </span>
    </>
  )
}

type CountsProps = ImportDrawerProps & { preview: ImportPreview; onTab: (tab: RowsTab) => void }

function Counts({ preview: { counts, list }, unit, acceptedNote, onTab }: CountsProps) {
  const t = useWords(importWords)
  const { firstRow: first = 0, lastRow: last = 0 } = list ?? {}
  const part = (key: RowsTab, signal: 'green' | 'amber' | 'red', note: string) => ({
    key,
    label: t(key),
    value: counts[key],
    unit: unit ?? t('rows'),
    signal,
    note,
    onOpen: () => onTab(key),
  })
  return (
    <EquationCounts
      total={{
        key: 'read',
        label: t('read'),
        value: counts.read,
        unit: unit ?? t('rows'),
        note: first > 0 ? t('readNote', { first, last }) : undefined,
      }}
      parts={[
        part('accepted', 'green', acceptedNote ?? t('writable')),
        part('duplicate', 'amber', t('notWritten')),
        part('refused', 'red', t('notWritten')),
      ]}
    />
  )
}

function Done(props: ImportDrawerProps & { done: { title: string; note?: string } }) {
  const t = useWords(importWords)
  const left = props.preview?.counts.refused ?? 0
  return (
    <div className="fx-import-done" role="status">
      <strong>
        <Signal kind="green" size={20} />
        {props.done.title}
      </strong>
      {props.done.note ? <p>{props.done.note}</p> : null}
      {left > 0 ? (
        <p className="fx-import-state fx-tone-amber">
          <Signal kind="amber" size={14} />
          {t('left', { n: left })}
          <Refused {...props} />
        </p>
      ) : null}
    </div>
  )
}
