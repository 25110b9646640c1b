import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useMay } from '../../../device/hooks.ts'
import {
  type Column,
  EmptyState,
  Figure,
  type FilterDef,
  ListPage,
  listStateFromSearch,
  type ListState,
  listStateToSearch,
  ProblemNote,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  addOfficer,
  availabilityTitles,
  demandSkills,
  importOfficers,
  officerKinds,
  officerKindTitles,
  officers,
  skillTitles,
  summary,
  units,
} from '../contracts.ts'
import { BulkBar } from './BulkBar.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { ImportDrawer } from './ImportDrawer.tsx'
import {
  Availability,
  KindTag,
  type Officer,
  SectionLinks,
  SkillTags,
  type Unit,
  unitOptions,
} from './labels.tsx'
import { OfficerDrawer } from './OfficerDrawer.tsx'
import { OfficerForm } from './OfficerForm.tsx'
import { peopleWords } from './words.ts'

const filterKeys = ['unit', 'kind', 'skill', 'state', 'books']
const step = 500

/** What the address says, as the input of the query. */
function asked(state: ListState) {
  const one = (key: string) => state.filters[key]?.[0]
  const kinds = state.filters.kind?.filter(kind => (officerKinds as readonly string[]).includes(kind))
  return {
    ...(state.q ? { search: state.q.slice(0, 100) } : {}),
    ...(one('unit') ? { unitId: one('unit') } : {}),
    ...(kinds?.length ? { kinds: kinds as Officer['kind'][] } : {}),
    ...(one('skill') ? { skill: one('skill') as (typeof demandSkills)[number] } : {}),
    ...(one('state') ? { availability: one('state') as 'available' } : {}),
    ...(one('books') ? { books: one('books') as 'all' } : {}),
  }
}

function useFilters(unitRows: readonly Unit[]): FilterDef[] {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const counted = new Map(unitRows.map(row => [row.unitId, row.all]))
  return [
    {
      key: 'unit',
      label: t('unit'),
      single: true,
      options: unitOptions(unitRows).map(option => {
        const all = counted.get(option.value)
        const count = all ? all.police + all.auxiliary + all.civilian + all.attached : 0
        return { ...option, count }
      }),
    },
    {
      key: 'kind',
      label: t('kind'),
      options: officerKinds.map(kind => ({ value: kind, label: officerKindTitles[kind][lang] })),
    },
    {
      key: 'skill',
      label: t('skill'),
      single: true,
      options: demandSkills.map(skill => ({ value: skill, label: skillTitles[skill][lang] })),
    },
    {
      key: 'state',
      label: t('availability'),
      single: true,
      options: [
        ...(['available', 'limited', 'unavailable'] as const).map(state => ({
          value: state,
          label: availabilityTitles[state][lang],
        })),
        { value: 'seconded', label: t('seconded') },
      ],
    },
    {
      key: 'books',
      label: t('books'),
      single: true,
      options: [
        { value: 'retired', label: t('retired') },
        { value: 'all', label: t('all') },
      ],
    },
  ]
}

function useOfficerColumns(): Column<Officer>[] {
  const t = useWords(peopleWords)
  return [
    { key: 'name', title: t('name'), width: 110, narrow: true, render: row => row.name },
    { key: 'badge', title: t('badge'), width: 100, narrow: true, render: row => row.badge },
    { key: 'kind', title: t('kind'), width: 88, grow: 0, render: row => <KindTag kind={row.kind} /> },
    { key: 'unit', title: t('unit'), width: 130, narrow: true, render: row => row.unitName },
    { key: 'title', title: t('title'), width: 120, render: row => row.title },
    { key: 'skills', title: t('skills'), width: 170, render: row => <SkillTags skills={row.skills} /> },
    {
      key: 'availability',
      title: t('availability'),
      width: 240,
      grow: 2,
      render: row => <Availability officer={row} />,
    },
    {
      key: 'homeAgency',
      title: t('homeAgency'),
      width: 140,
      hidden: true,
      render: row => row.homeAgency ?? '',
    },
    { key: 'beginsOn', title: t('beginsOn'), width: 100, hidden: true, render: row => row.beginsOn ?? '' },
    { key: 'endsOn', title: t('endsOn'), width: 100, hidden: true, render: row => row.endsOn ?? '' },
  ]
}

function HeadCounts() {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const figures = useAsk(summary, {})
  if (!figures.data) return <SectionLinks here="people" />
  return (
    <>
      <Figure value={figures.data.officers} unit={t('person')} />
      {officerKinds.map(kind => (
        <span key={kind}>
          {officerKindTitles[kind][lang]} <Figure value={figures.data[kind]} />
        </span>
      ))}
      <SectionLinks here="people" />
    </>
  )
}

type Shown = 'new' | 'import' | 'export' | null

function HeadActions({ onShow }: { onShow: (shown: Shown) => void }) {
  const t = useWords(peopleWords)
  const mayAdd = useMay(addOfficer)
  const mayImport = useMay(importOfficers)
  return (
    <>
      {mayAdd ? <Button onClick={() => onShow('new')}>{t('addOfficer')}</Button> : null}
      {mayImport ? (
        <Button type="primary" onClick={() => onShow('import')}>
          {t('import')}
        </Button>
      ) : null}
    </>
  )
}

type DrawersProps = {
  shown: Shown
  units: readonly Unit[]
  filters: Record<string, unknown>
  total: number
  onClose: () => void
}

function Drawers({ shown, units: rows, filters, total, onClose }: DrawersProps) {
  if (shown === 'new') return <OfficerForm units={rows} onClose={onClose} />
  if (shown === 'import') return <ImportDrawer units={rows} onClose={onClose} />
  if (shown === 'export') return <ExportDialog filters={filters} total={total} onClose={onClose} />
  return null
}

/** With nobody in the books: what to do first, for whoever may do it. */
function Nobody({ onShow }: { onShow: (shown: Shown) => void }) {
  const t = useWords(peopleWords)
  const mayAdd = useMay(addOfficer)
  const mayImport = useMay(importOfficers)
  const add = mayAdd ? { label: t('addOfficer'), onClick: () => onShow('new') } : undefined
  const first = mayImport ? { label: t('import'), onClick: () => onShow('import') } : add
  return <EmptyState sentence={t('emptyPeople')} action={first} example={t('emptyPeopleExample')} />
}

export default function PeoplePage() {
  const t = useWords(peopleWords)
  const [address, setAddress] = useAddress()
  const state = listStateFromSearch(address, filterKeys)
  const [limit, setLimit] = useState(step)
  const input = asked(state)
  const answer = useAsk(officers, { ...input, limit })
  const tree = useAsk(units, {})
  const [shown, setShown] = useState<Shown>(null)
  const mayAdd = useMay(addOfficer)
  const rows = answer.data?.rows ?? []
  const total = answer.data?.total ?? 0
  const openOfficer = (officerId: string | null) =>
    setAddress({ ...listStateToSearch(state), ...(officerId ? { officer: officerId } : {}) })
  const columns = useOfficerColumns()
  const filters = useFilters(tree.data?.rows ?? [])
  return (
    <ListPage
      id="people"
      title={t('people')}
      counts={<HeadCounts />}
      rows={rows}
      total={total}
      rowKey={row => row.officerId}
      rowName={row => row.name}
      columns={columns}
      value={state}
      onChange={next => {
        setLimit(step)
        setAddress(listStateToSearch(next))
      }}
      searchHint={t('searchPeople')}
      filters={filters}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      empty={<Nobody onShow={setShown} />}
      actions={<HeadActions onShow={setShown} />}
      bulk={
        mayAdd
          ? (selected, clear) => <BulkBar selected={selected} units={tree.data?.rows ?? []} onDone={clear} />
          : undefined
      }
      onOpen={row => openOfficer(row.officerId)}
      openKey={address.officer}
      onReachEnd={() => {
        if (rows.length < total && limit < 5_000 && !answer.isFetching)
          setLimit(Math.min(5_000, limit + step))
      }}
      onExport={() => setShown('export')}
    >
      {address.officer ? (
        <OfficerDrawer
          officerId={address.officer}
          units={tree.data?.rows ?? []}
          around={rows.map(row => row.officerId)}
          onOpen={openOfficer}
        />
      ) : null}
      <Drawers
        shown={shown}
        units={tree.data?.rows ?? []}
        filters={input}
        total={total}
        onClose={() => setShown(null)}
      />
    </ListPage>
  )
}
