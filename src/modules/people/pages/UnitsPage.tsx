import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { newId } from '../../../device/client.ts'
import { useAsk, useClient, useDo, useMay } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import {
  type Column,
  Field,
  FormDrawer,
  Figure,
  ListPage,
  RecordHistory,
  SelectInput,
  TextInput,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import {
  addUnit,
  changeUnit,
  moveUnit,
  officerKinds,
  officerKindTitles,
  unitKinds,
  unitKindTitles,
  units,
} from '../contracts.ts'
import { SectionLinks, type Unit, unitOptions } from './labels.tsx'
import { peopleWords } from './words.ts'

const sum = (counts: Unit['all']) => counts.police + counts.auxiliary + counts.civilian + counts.attached

function useUnitColumns(): Column<Unit>[] {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const figure = (value: number) => <Figure value={value} tone={value === 0 ? 'muted' : undefined} />
  return [
    {
      key: 'name',
      title: t('fullName'),
      width: 220,
      grow: 3,
      narrow: true,
      render: row => <span className="fx-unit-name">{`${'　'.repeat(row.depth)}${row.name}`}</span>,
    },
    { key: 'shortName', title: t('shortName'), width: 100, render: row => row.shortName },
    { key: 'kind', title: t('kind'), width: 90, render: row => unitKindTitles[row.kind][lang] },
    { key: 'sort', title: t('sort'), width: 72, align: 'end', hidden: true, render: row => figure(row.sort) },
    ...officerKinds.map(kind => ({
      key: kind,
      title: officerKindTitles[kind][lang],
      width: 72,
      align: 'end' as const,
      render: (row: Unit) => figure(row.all[kind]),
    })),
    {
      key: 'total',
      title: t('total'),
      width: 80,
      align: 'end',
      narrow: true,
      render: row => figure(sum(row.all)),
    },
    {
      key: 'state',
      title: t('state'),
      width: 110,
      render: row => (row.active ? (row.lendable ? t('inUse') : t('notLendable')) : t('closed')),
    },
  ]
}

export default function UnitsPage() {
  const t = useWords(peopleWords)
  const client = useClient()
  const list = useList(useAddress(), { filters: ['state'] })
  const withClosed = list.one('state', ['all']) !== undefined
  const asked = { ...list.asked, withClosed }
  const answer = useAsk(units, asked)
  // Whatever is searched for, every unit can be the one above.
  const tree = useAsk(units, { withClosed })
  const may = useMay(addUnit)
  const [shown, setShown] = useState<Unit | 'new' | null>(null)
  return (
    <ListPage
      id="units"
      title={t('units')}
      counts={<SectionLinks here="units" />}
      answer={answer}
      rowKey={row => row.unitId}
      rowName={row => row.name}
      columns={useUnitColumns()}
      {...list.page}
      searchHint={t('searchNames')}
      filters={[
        {
          key: 'state',
          label: t('state'),
          single: true,
          options: [{ value: 'all', label: t('withClosed') }],
        },
      ]}
      empty={{ sentence: t('emptyUnits'), example: t('emptyUnitsExample') }}
      first={may ? { label: t('addUnit'), onClick: () => setShown('new') } : undefined}
      onOpen={setShown}
      openKey={shown && shown !== 'new' ? shown.unitId : undefined}
      file={columns => client.fileUrl('people.exportUnits', { ...asked, columns })}
    >
      {shown ? (
        <UnitDrawer
          key={shown === 'new' ? 'new' : shown.unitId}
          unit={shown === 'new' ? undefined : shown}
          all={tree.data?.rows ?? []}
          onClose={() => setShown(null)}
        />
      ) : null}
    </ListPage>
  )
}

type UnitDrawerProps = { unit?: Unit; all: readonly Unit[]; onClose: () => void }

function useUnitDraft(unit: Unit | undefined) {
  const initial = () => ({
    name: unit?.name ?? '',
    shortName: unit?.shortName ?? '',
    kind: unit?.kind ?? ('station' as Unit['kind']),
    sort: String(unit?.sort ?? 0),
    parentId: unit?.parentId ?? '',
    lendable: unit?.lendable ?? true,
    active: unit?.active ?? true,
  })
  return useKeptDraft({ form: `unit ${unit?.unitId ?? 'new'}`, initial, contract: addUnit })
}

/** Saves the draft: the place in the tree by one command, the rest by another. */
function useSaveUnit(unit: Unit | undefined, onDone: () => void) {
  const add = useDo(addUnit)
  const change = useDo(changeUnit)
  const move = useDo(moveUnit)
  const [problem, setProblem] = useState<unknown>(null)
  const save = async (draft: Draft) => {
    const { parentId, active, ...fields } = draft
    const common = {
      ...fields,
      name: draft.name.trim(),
      shortName: draft.shortName.trim(),
      sort: Number(draft.sort),
      unitId: unit?.unitId ?? newId(),
      place: unit?.place ?? null,
    }
    try {
      if (!unit) await add.mutateAsync({ ...common, parentId: parentId || null })
      else {
        if (parentId !== (unit.parentId ?? '')) {
          await move.mutateAsync({ unitId: unit.unitId, parentId: parentId || null })
        }
        await change.mutateAsync({ ...common, active })
      }
      onDone()
    } catch (error) {
      setProblem(error)
    }
  }
  const isPending = add.isPending || change.isPending || move.isPending
  return { save, doing: [{ isPending, error: problem }] }
}

function UnitDrawer({ unit, all, onClose }: UnitDrawerProps) {
  const t = useWords(peopleWords)
  const may = useMay(changeUnit)
  const navigate = useNavigate()
  const [draft, setDraft, kept] = useUnitDraft(unit)
  const { save, doing } = useSaveUnit(unit, kept.done(onClose))
  const sort = Number(draft.sort)
  const ready =
    draft.name.trim() !== '' && draft.shortName.trim() !== '' && Number.isInteger(sort) && sort >= 0
  return (
    <FormDrawer
      onClose={onClose}
      title={unit ? unit.name : t('addUnit')}
      footStart={
        unit ? (
          <Button onClick={() => void navigate({ to: '/people', search: { unit: unit.unitId } as never })}>
            {t('seeOfficers')}
          </Button>
        ) : undefined
      }
      ok={may ? (unit ? t('save') : t('addUnit')) : undefined}
      ready={ready}
      doing={doing}
      columns={2}
      kept={kept}
      onSubmit={() => void save(draft)}
      after={unit ? <Past unitId={unit.unitId} /> : null}
    >
      <UnitFields
        draft={draft}
        change={more => setDraft({ ...draft, ...more })}
        parents={all.filter(row => row.unitId !== unit?.unitId && row.active)}
        known={unit !== undefined}
      />
    </FormDrawer>
  )
}

function Past({ unitId }: { unitId: string }) {
  return <RecordHistory {...useRecordHistory({ table: 'unit', rowId: unitId })} />
}

type Draft = ReturnType<typeof useUnitDraft>[0]
type UnitFieldsProps = {
  draft: Draft
  change: (more: Partial<Draft>) => void
  parents: readonly Unit[]
  known: boolean
}

function UnitFields({ draft, change, parents, known }: UnitFieldsProps) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  return (
    <>
      <Field label={t('fullName')} required>
        <TextInput value={draft.name} maxLength={80} onChange={name => change({ name })} />
      </Field>
      <Field label={t('shortName')} required>
        <TextInput value={draft.shortName} maxLength={20} onChange={shortName => change({ shortName })} />
      </Field>
      <Field label={t('kind')} required>
        <SelectInput
          value={draft.kind}
          onChange={kind => change({ kind: kind as Unit['kind'] })}
          options={unitKinds.map(kind => ({ value: kind, label: unitKindTitles[kind][lang] }))}
        />
      </Field>
      <Field label={t('sort')} hint={t('sortHint')}>
        <TextInput inputMode="numeric" value={draft.sort} maxLength={7} onChange={sort => change({ sort })} />
      </Field>
      <Field label={t('parent')} wide>
        <SelectInput
          value={draft.parentId}
          onChange={parentId => change({ parentId })}
          options={unitOptions(parents)}
          placeholder={t('top')}
        />
      </Field>
      <Checkbox checked={draft.lendable} onChange={event => change({ lendable: event.target.checked })}>
        {t('lendable')}
      </Checkbox>
      {known ? (
        <Checkbox checked={draft.active} onChange={event => change({ active: event.target.checked })}>
          {t('inUse')}
        </Checkbox>
      ) : null}
    </>
  )
}
