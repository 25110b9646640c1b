// One device: what is known of it, and taking it out of use or back, each with a reason.
import { useState } from 'react'
import { Button } from 'antd'
import { useDo, useMay } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import {
  DetailDrawer,
  Facts,
  Field,
  FormDrawer,
  RecordHistory,
  TextArea,
  useWords,
} from '../../../ui/index.ts'
import { type DeviceRow, restore, revoke } from '../contracts.ts'
import { Ago, Gaps, Moment, State } from './DevicesPage.tsx'
import { deviceWords } from './words.ts'

type Props = { row: DeviceRow; onClose: () => void }

export function DeviceDrawer({ row, onClose }: Props) {
  const t = useWords(deviceWords)
  const [asking, setAsking] = useState(false)
  const past = useRecordHistory({ table: 'device_revocation', rowId: row.key })
  const mayRestore = useMay(restore)
  if (asking) return <Decision row={row} onClose={() => setAsking(false)} />
  const inUse = row.state === 'inUse'
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={row.name}
      subtitle={row.platform || t('unknownDevice')}
      footEnd={
        inUse || mayRestore ? (
          <Button danger={inUse} onClick={() => setAsking(true)}>
            {inUse ? t('revoke') : t('restore')}
          </Button>
        ) : null
      }
    >
      <Facts
        facts={[
          {
            label: t('unit'),
            value: row.unitName || '—',
            aside: row.onDutySince ? t('onDuty') : t('offDuty'),
          },
          { label: t('state'), value: <State row={row} /> },
          { label: t('lastSeen'), value: <Moment at={row.lastSeenAt} />, aside: <Ago at={row.lastSeenAt} /> },
          { label: t('firstSeen'), value: <Moment at={row.firstSeenAt} /> },
          { label: t('unsent'), value: t('unsentCount', { n: row.unsent }) },
          { label: t('oldest'), value: <Moment at={row.oldestUnsentAt} /> },
          { label: t('gaps'), value: <Gaps row={row} /> },
          { label: t('acknowledged'), value: t('unsentCount', { n: row.acknowledged }) },
          { label: t('version'), value: row.appVersion || t('noVersion') },
          { label: t('deviceId'), value: <span className="dev-id">{row.deviceId}</span> },
          ...(inUse
            ? []
            : [
                { label: t('revokedAt'), value: <Moment at={row.revokedAt} />, aside: row.revokedBy },
                { label: t('why'), value: row.why },
                { label: t('wipedAt'), value: <Moment at={row.wipedAt} /> },
              ]),
        ]}
      />
      <RecordHistory {...past} />
    </DetailDrawer>
  )
}

function Decision({ row, onClose }: Props) {
  const t = useWords(deviceWords)
  const [why, setWhy] = useState('')
  const doing = { revoke: useDo(revoke), restore: useDo(restore) }
  const what = row.state === 'inUse' ? 'revoke' : 'restore'
  const { deviceId, accountId } = row
  return (
    <FormDrawer
      onClose={onClose}
      title={t(what)}
      subtitle={`${row.name} · ${row.platform || t('unknownDevice')}`}
      ok={t(what)}
      danger={what === 'revoke'}
      ready={why.trim().length >= 2}
      doing={[doing[what]]}
      onSubmit={() => doing[what].mutate({ deviceId, accountId, why: why.trim() }, { onSuccess: onClose })}
    >
      <p>{what === 'revoke' ? t('revokeDoes') : t('restoreDoes')}</p>
      {what === 'revoke' ? <p>{t('revokePassword')}</p> : null}
      <Field label={t('why')} required hint={t('whyHint')}>
        <TextArea value={why} maxLength={200} rows={3} onChange={setWhy} />
      </Field>
    </FormDrawer>
  )
}
