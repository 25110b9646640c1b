import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  DetailDrawer,
  EmptyState,
  Field,
  FieldForm,
  Figure,
  type FilterDef,
  ListPage,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  SelectInput,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { addPartner, changePartner, partnerKinds, partnerKindTitles, partners } from '../contracts.ts'
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
  const [address, setAddress] = useAddress()
  const state = listStateFromSearch(address, ['kind', 'state'])
  const kind = state.filters.kind?.find(one => (partnerKinds as readonly string[]).includes(one)) as
    | PartnerKind
    | undefined
  const answer = useAsk(partners, {
    limit: 5_000,
    withClosed: state.filters.state?.[0] === 'all',
    ...(state.q ? { search: state.q.slice(0, 100) } : {}),
    ...(kind ? { kind } : {}),
  })
  const may = useMay(addPartner)
  const [shown, setShown] = useState<Partner | 'new' | null>(null)
  const columns = usePartnerColumns()
  const filters = usePartnerFilters()
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
      rows={answer.data?.rows ?? []}
      total={answer.data?.total}
      rowKey={row => row.partnerId}
      rowName={row => row.name}
      columns={columns}
      value={state}
      onChange={next => setAddress(listStateToSearch(next))}
      searchHint={t('searchNames')}
      filters={filters}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      empty={
        <EmptyState
          sentence={t('emptyPartners')}
          action={may ? { label: t('addPartner'), onClick: () => setShown('new') } : undefined}
          example={t('emptyPartnersExample')}
        />
      }
      actions={
        may ? (
          <Button type="primary" onClick={() => setShown('new')}>
            {t('addPartner')}
          </Button>
        ) : null
      }
      onOpen={may ? setShown : undefined}
      openKey={shown && shown !== 'new' ? shown.partnerId : undefined}
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
  const [name, setName] = useState(partner?.name ?? '')
  const [kind, setKind] = useState<PartnerKind>(partner?.kind ?? 'health')
  const [organisation, setOrganisation] = useState(partner?.organisation ?? '')
  const [phone, setPhone] = useState('')
  const [active, setActive] = useState(partner?.active ?? true)
  const ready = name.trim() !== '' && organisation.trim() !== ''
  const submit = () => {
    if (!ready) return
    const fields = {
      partnerId,
      name: name.trim(),
      kind,
      organisation: organisation.trim(),
      ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
    }
    if (partner) change.mutate({ ...fields, active }, { onSuccess: onClose })
    else add.mutate(fields, { onSuccess: onClose })
  }
  const error = add.error ?? change.error
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={partner ? t('changePartner') : t('addPartner')}
      subtitle={partner?.name}
      footEnd={
        <Button type="primary" disabled={!ready} loading={add.isPending || change.isPending} onClick={submit}>
          {partner ? t('save') : t('addPartner')}
        </Button>
      }
    >
      <FieldForm onSubmit={submit} error={error ? <ProblemNote error={error} safe="kept" /> : undefined}>
        <Field label={t('name')} required>
          <TextInput value={name} maxLength={60} onChange={setName} />
        </Field>
        <Field label={t('kind')} required>
          <SelectInput
            value={kind}
            onChange={value => setKind(value as PartnerKind)}
            options={partnerKinds.map(one => ({ value: one, label: partnerKindTitles[one][lang] }))}
          />
        </Field>
        <Field label={t('organisation')} required>
          <TextInput value={organisation} maxLength={80} onChange={setOrganisation} />
        </Field>
        <Field label={t('phone')} hint={partner ? `${t('sealed')} · ${t('phoneKept')}` : t('sealed')}>
          <TextInput type="tel" value={phone} maxLength={40} onChange={setPhone} />
        </Field>
        {partner ? (
          <Checkbox checked={active} onChange={event => setActive(event.target.checked)}>
            {t('inService')}
          </Checkbox>
        ) : null}
      </FieldForm>
    </DetailDrawer>
  )
}
