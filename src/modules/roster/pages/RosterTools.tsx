// The tools between strip and board: days, view, filters, legend, undo, sheets and publishing.
import { Button, Dropdown, Input, Select, Segmented } from 'antd'
import { useState } from 'react'
import { useMay } from '../../../device/hooks.ts'
import { Icon, useFolded, useFormat, useWords } from '../../../ui/index.ts'
import { fairness, planners } from '../contracts.ts'
import { Legend } from './BoardRows.tsx'
import type { Edits } from './use-edits.ts'
import { rosterWords } from './words.ts'

export interface RosterToolsProps {
  fromDay: string
  untilDay: string
  onStep: (days: number) => void
  onToday: () => void
  byOfficer: boolean
  onView: (view: 'post' | 'officer' | 'overview') => void
  overview: boolean
  zoneKinds: string[]
  onZoneKinds: (kinds: string[]) => void
  onlyProblems: boolean
  onOnlyProblems: (only: boolean) => void
  problems: number
  search: string
  onSearch: (search: string) => void
  edits: Edits | null
  onSheet: (what: string) => void
  onPublish: (() => void) | null
  /** Set while an alert's one post or officer is shown alone. */
  onShowAll: (() => void) | null
  timeZone: string
}

const zoneKinds = ['sealed', 'control', 'precaution', 'none'] as const

export function RosterTools(props: RosterToolsProps) {
  const t = useWords(rosterWords)
  const folded = useFolded()
  const filtered = props.search !== '' || props.zoneKinds.length > 0
  const [asked, setAsked] = useState(false)
  const open = asked || filtered
  return (
    <div className="rb-tools" role="search">
      <DayTools {...props} />
      {folded ? (
        <>
          <Button
            className="rb-end"
            aria-expanded={open}
            aria-label={t('filters')}
            title={t('filters')}
            onClick={() => setAsked(!asked)}
            icon={<Icon name="search" size={14} />}
          />
          <ToolsEnd {...props} />
        </>
      ) : null}
      <Segmented
        aria-label={t('view')}
        value={props.byOfficer ? 'officer' : props.overview ? 'overview' : 'post'}
        onChange={props.onView}
        options={[
          { value: 'post', label: t('byPost') },
          { value: 'officer', label: t('byOfficer') },
          { value: 'overview', label: t('overview') },
        ]}
      />
      {folded ? <ProblemsButton {...props} /> : null}
      {folded && !open ? null : <ZonesSelect {...props} />}
      {folded ? null : <ProblemsButton {...props} />}
      {folded && !open ? null : (
        <Input
          className="rb-search"
          allowClear
          value={props.search}
          placeholder={t('search')}
          aria-label={t('search')}
          onChange={event => props.onSearch(event.target.value)}
        />
      )}
      {props.onShowAll ? <Button onClick={props.onShowAll}>{t('showAll')}</Button> : null}
      {folded || props.byOfficer || props.overview ? null : <Legend />}
      {folded ? null : <ToolsEnd {...props} />}
    </div>
  )
}

function DayTools(props: RosterToolsProps) {
  const t = useWords(rosterWords)
  const format = useFormat(props.timeZone)
  return (
    <>
      <Button
        aria-label={t('earlier')}
        onClick={() => props.onStep(-1)}
        icon={<Icon name="left" size={14} />}
      />
      <Button onClick={props.onToday} title={t('toToday')}>
        <span className="fx-date">
          {format.day(props.fromDay, { weekday: false })} — {format.day(props.untilDay, { weekday: false })}
        </span>
      </Button>
      <Button
        aria-label={t('later')}
        onClick={() => props.onStep(1)}
        icon={<Icon name="right" size={14} />}
      />
    </>
  )
}

function ZonesSelect(props: RosterToolsProps) {
  const t = useWords(rosterWords)
  if (props.byOfficer) return null
  return (
    <Select
      mode="multiple"
      allowClear
      className="rb-zones"
      maxTagCount="responsive"
      placeholder={t('zones')}
      aria-label={t('zones')}
      value={props.zoneKinds}
      onChange={props.onZoneKinds}
      options={zoneKinds.map(kind => ({ value: kind, label: t(kind) }))}
    />
  )
}

function ProblemsButton(props: RosterToolsProps) {
  const t = useWords(rosterWords)
  return (
    <Button
      type={props.onlyProblems ? 'primary' : 'default'}
      aria-pressed={props.onlyProblems}
      onClick={() => props.onOnlyProblems(!props.onlyProblems)}
    >
      {t('onlyProblems', { n: props.problems })}
    </Button>
  )
}

/** What is done with the board as a whole. */
function ToolsEnd(props: RosterToolsProps) {
  const t = useWords(rosterWords)
  const { edits } = props
  return (
    <span className="rb-tools-end">
      {edits ? <UndoButtons edits={edits} /> : null}
      <SheetButton {...props} />
      {props.onPublish ? <Button onClick={props.onPublish}>{t('publishDraft')}</Button> : null}
    </span>
  )
}

function UndoButtons({ edits }: { edits: Edits }) {
  const t = useWords(rosterWords)
  return (
    <>
      <Button
        aria-label={t('undo')}
        disabled={!edits.canUndo || edits.busy}
        onClick={() => void edits.undo()}
        icon={<Icon name="undo" size={14} />}
      />
      <Button
        aria-label={t('redo')}
        disabled={!edits.canRedo || edits.busy}
        onClick={() => void edits.redo()}
        icon={<Icon name="redo" size={14} />}
      />
    </>
  )
}

function SheetButton({ onSheet }: RosterToolsProps) {
  const t = useWords(rosterWords)
  const fair = useMay(fairness)
  const mayPlan = useMay(planners)
  const items = [
    { key: 'daily', label: t('dailySheet') },
    { key: 'weekly', label: t('weeklySheet') },
    { key: 'unit', label: t('unitSheet') },
    { type: 'divider' as const },
    { key: 'printDaily', label: t('printDaily') },
    { key: 'printWeekly', label: t('printWeekly') },
    { type: 'divider' as const },
    { key: 'swaps', label: t('swaps') },
    { key: 'breaks', label: t('breaks') },
    ...(mayPlan ? [{ key: 'whatif', label: t('whatIf') }] : []),
    { key: 'leaders', label: t('leadersByDay') },
    { key: 'turns', label: t('turnsOfStation') },
    { key: 'told', label: t('told') },
    ...(fair ? [{ key: 'fairness', label: t('fairShares') }] : []),
  ]
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => onSheet(key) }} trigger={['click']}>
      <Button
        aria-label={t('exportSheets')}
        title={t('exportSheets')}
        icon={<Icon name="download" size={14} />}
      />
    </Dropdown>
  )
}
