import { Checkbox } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { newId } from '../../../device/client.ts'
import { useAsk, useClient, useDo, useMay } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  Field,
  FormDrawer,
  Figure,
  type FilterDef,
  ListPage,
  RecordHistory,
  SelectInput,
  TextInput,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import {
  addPartner,
  changePartner,
  partnerKinds,
  partnerKindTitles,
  partnerOrders,
  partners,
} from '../contracts.ts'
import { SectionLinks } from './labels.tsx'
import { peopleWords } from './words.ts'

type Partner = OutputOf<typeof partners>['rows'][number]
type PartnerKind = (typeof partnerKinds)[number]

function usePartnerColumns(): Column<Partner>[] {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  return [
    { key: 'name', title: t('name'), width: 120, narrow: true, render: row => row.name },
    {
      key: 'kind',
      title: t('kind'),
      width: 100,
      narrow: true,
      render: row => partnerKindTitles[row.kind][lang],
    },
    {
      key: 'organisation',
      title: t('organisation'),
      width: 220,
      grow: 3,
      narrow: true,
      render: row => row.organisation,
    },
    {
      key: 'phone',
      title: t('phone'),
      width: 110,
      render: row => (row.hasPhone ? t('sealed') : t('notStated')),
    },
    {
      key: 'state',
      title: t('state'),
      width: 90,
      render: row => (row.active ? t('inService') : t('closed')),
    },
  ]
}

function usePartnerFilters(): FilterDef[] {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  return [
    {
      key: 'kind',
      label: t('kind'),
      single: true,
      options: partnerKinds.map(one => ({ value: one, label: partnerKindTitles[one][lang] })),
    },
    { key: 'state', label: t('state'), single: true, options: [{ value: 'all', label: t('withClosed') }] },
  ]
}

export default function PartnersPage() {
  const t = useWords(peopleWords)
  const client = useClient()
  const list = useList(useAddress(), { filters: ['kind', 'state'], orders: partnerOrders })
  const asked = {
    ...list.asked,
    kind: list.one('kind', partnerKinds),
    withClosed: list.one('state', ['all']) !== undefined,
  }
  const answer = useAsk(partners, { ...asked, limit: 5_000 })
  const may = useMay(addPartner)
  const [shown, setShown] = useState<Partner | 'new' | null>(null)
  return (
    <ListPage
      id="partners"
      title={t('partners')}
      counts={
        <>
          <Figure value={answer.data?.total ?? 0} unit={t('person')} />
          <span>{t('partnerNote')}</span>
          <SectionLinks here="partners" />
        </>
      }
      answer={answer}
      rowKey={row => row.partnerId}
      rowName={row => row.name}
      columns={usePartnerColumns()}
      {...list.page}
      searchHint={t('searchNames')}
      filters={usePartnerFilters()}
      empty={{ sentence: t('emptyPartners'), example: t('emptyPartnersExample') }}
      first={may ? { label: t('addPartner'), onClick: () => setShown('new') } : undefined}
      onOpen={may ? setShown : undefined}
      openKey={shown && shown !== 'new' ? shown.partnerId : undefined}
      file={columns => client.fileUrl('people.exportPartners', { ...asked, columns })}
    >
      {shown ? (
        <PartnerDrawer
          key={shown === 'new' ? 'new' : shown.partnerId}
          partner={shown === 'new' ? undefined : shown}
          onClose={() => setShown(null)}
        />
      ) : null}
    </ListPage>
  )
}

function PartnerDrawer({ partner, onClose }: { partner?: Partner; onClose: () => void }) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const add = useDo(addPartner)
  const change = useDo(changePartner)
  const [partnerId] = useState(() => partner?.partnerId ?? newId())
  const [draft, setDraft, kept] = useKeptDraft({
    form: `partner ${partner?.partnerId ?? 'new'}`,
    initial: () => ({
      name: partner?.name ?? '',
      kind: partner?.kind ?? ('health' as PartnerKind),
      organisation: partner?.organisation ?? '',
      phone: '',
      active: partner?.active ?? true,
    }),
    contract: addPartner,
  })
  const { name, kind, organisation, phone, active } = draft
  const set = (more: Partial<typeof draft>) => setDraft({ ...draft, ...more })
  const ready = name.trim() !== '' && organisation.trim() !== ''
  const submit = () => {
    const fields = {
      partnerId,
      name: name.trim(),
      kind,
      organisation: organisation.trim(),
      ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
    }
    const done = { onSuccess: kept.done(onClose) }
    if (partner) change.mutate({ ...fields, active }, done)
    else add.mutate(fields, done)
  }
  return (
    <FormDrawer
      onClose={onClose}
      title={partner ? t('changePartner') : t('addPartner')}
      subtitle={partner?.name}
      ok={partner ? t('save') : t('addPartner')}
      ready={ready}
      doing={[add, change]}
      kept={kept}
      onSubmit={submit}
      after={partner ? <Past partnerId={partner.partnerId} /> : null}
    >
      <Field label={t('name')} required>
        <TextInput value={name} maxLength={60} onChange={next => set({ name: next })} />
      </Field>
      <Field label={t('kind')} required>
        <SelectInput
          value={kind}
          onChange={next => set({ kind: next as PartnerKind })}
          options={partnerKinds.map(one => ({ value: one, label: partnerKindTitles[one][lang] }))}
        />
      </Field>
      <Field label={t('organisation')} required>
        <TextInput value={organisation} maxLength={80} onChange={next => set({ organisation: next })} />
      </Field>
      <Field label={t('phone')} hint={partner ? `${t('sealed')} · ${t('phoneKept')}` : t('sealed')}>
        <TextInput type="tel" value={phone} maxLength={40} onChange={next => set({ phone: next })} />
      </Field>
      {partner ? (
        <Checkbox checked={active} onChange={event => set({ active: event.target.checked })}>
          {t('inService')}
        </Checkbox>
      ) : null}
    </FormDrawer>
  )
}

function Past({ partnerId }: { partnerId: string }) {
  return <RecordHistory {...useRecordHistory({ table: 'partner', rowId: partnerId })} />
}
