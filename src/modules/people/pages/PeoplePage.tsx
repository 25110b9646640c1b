import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useMay } from '../../../device/hooks.ts'
import {
  type Column,
  Figure,
  type FilterDef,
  ListPage,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import {
  addOfficer,
  availabilityStates,
  availabilityTitles,
  demandSkills,
  importOfficers,
  officerKinds,
  officerKindTitles,
  officerOrders,
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
function asked(list: ReturnType<typeof useList<(typeof officerOrders)[number]>>) {
  return {
    ...list.asked,
    unitId: list.id('unit'),
    kinds: list.many('kind', officerKinds),
    skill: list.one('skill', demandSkills),
    availability: list.one('state', [...availabilityStates, 'seconded']),
    books: list.one('books', ['retired', 'all']),
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
        ...availabilityStates.map(state => ({
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

/** What to do first, for whoever may do it. */
function useFirst(onShow: (shown: Shown) => void) {
  const t = useWords(peopleWords)
  const mayAdd = useMay(addOfficer)
  const mayImport = useMay(importOfficers)
  const add = mayAdd ? { label: t('addOfficer'), onClick: () => onShow('new') } : undefined
  const first = mayImport ? { label: t('import'), onClick: () => onShow('import') } : add
  return { mayAdd, first, second: mayImport ? add : undefined }
}

export default function PeoplePage() {
  const t = useWords(peopleWords)
  const list = useList(useAddress(), { filters: filterKeys, orders: officerOrders, open: 'officer' })
  const [limit, setLimit] = useState(step)
  const input = asked(list)
  const answer = useAsk(officers, { ...input, limit })
  const tree = useAsk(units, {})
  const unitRows = tree.data?.rows ?? []
  const [shown, setShown] = useState<Shown>(null)
  const { mayAdd, first, second } = useFirst(setShown)
  const rows = answer.data?.rows ?? []
  const total = answer.data?.total ?? 0
  return (
    <ListPage
      id="people"
      title={t('people')}
      counts={<HeadCounts />}
      answer={answer}
      rowKey={row => row.officerId}
      rowName={row => row.name}
      columns={useOfficerColumns()}
      {...list.page}
      onChange={next => {
        setLimit(step)
        list.page.onChange(next)
      }}
      searchHint={t('searchPeople')}
      filters={useFilters(unitRows)}
      empty={{ sentence: t('emptyPeople'), example: t('emptyPeopleExample') }}
      actions={second ? <Button onClick={second.onClick}>{second.label}</Button> : null}
      first={first}
      bulk={
        mayAdd
          ? (selected, clear) => <BulkBar selected={selected} units={unitRows} onDone={clear} />
          : undefined
      }
      onOpen={row => list.show(row.officerId)}
      onReachEnd={() => {
        if (rows.length < total && limit < 5_000 && !answer.isFetching)
          setLimit(Math.min(5_000, limit + step))
      }}
      onExport={() => setShown('export')}
    >
      {list.open ? (
        <OfficerDrawer
          officerId={list.open}
          units={unitRows}
          around={rows.map(row => row.officerId)}
          onOpen={list.show}
        />
      ) : null}
      <Drawers shown={shown} units={unitRows} filters={input} total={total} onClose={() => setShown(null)} />
    </ListPage>
  )
}
