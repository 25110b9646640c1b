// An officer's own devices on the phone, and the one thing to do about a lost one.
import './devices.css'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import { useInstallationId } from '../../../device/outbox-hooks.ts'
import { usePhoneTabs, useStrip } from '../../../device/phone.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BackButton,
  BigButton,
  LangProvider,
  PhoneCard,
  PhoneShell,
  PlainButton,
  SkeletonPanel,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { type DeviceRow, deviceStateTitles, myDevices, revoke } from '../contracts.ts'
import { deviceWords } from './words.ts'

export default function MyDevicesPage() {
  return (
    <LangProvider>
      <MyDevices />
    </LangProvider>
  )
}

function MyDevices() {
  const t = useWords(deviceWords)
  const format = useFormat(useSession().agency.timeZone)
  const navigate = useNavigate()
  const here = useInstallationId()
  const answer = useAsk(myDevices, {}, { refetchSeconds: 10 })
  const [asked, setAsked] = useState<DeviceRow | null>(null)
  const rows = answer.data?.rows ?? []
  return (
    <PhoneShell {...useStrip(format.time)} post={t('mine')} tab="me" onTab={usePhoneTabs('/my-devices')}>
      <h1 className="fx-hidden">{t('mine')}</h1>
      <BackButton onBack={() => void navigate({ to: '/me' })} />
      <div className="dev-mine">
        <p>{t('mineNote')}</p>
        {answer.isPending ? <SkeletonPanel lines={4} /> : null}
        {answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
        {answer.data && rows.length === 0 ? <PhoneCard icon="info" title={t('noneMine')} /> : null}
        {rows.map(row =>
          asked?.key === row.key ? (
            <Lost key={row.key} row={row} onClose={() => setAsked(null)} />
          ) : (
            <One key={row.key} row={row} isHere={row.deviceId === here} onLost={() => setAsked(row)} />
          ),
        )}
      </div>
    </PhoneShell>
  )
}

function One({ row, isHere, onLost }: { row: DeviceRow; isHere: boolean; onLost: () => void }) {
  const t = useWords(deviceWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const { lastSeenAt, unsent, state } = row
  const seen = `${t('lastSeen')} ${format.day(lastSeenAt, { weekday: false })} ${format.time(lastSeenAt)}`
  const said = [
    isHere ? t('thisOne') : null,
    seen,
    unsent > 0 ? `${t('unsent')} ${t('unsentCount', { n: unsent })}` : null,
    state === 'inUse' ? null : deviceStateTitles[state][lang],
  ]
  return (
    <PhoneCard
      icon="lock"
      title={row.platform || t('unknownDevice')}
      note={said.filter(Boolean).join(' · ')}
      aside={state === 'inUse' ? <PlainButton onClick={onLost}>{t('lost')}</PlainButton> : undefined}
    />
  )
}

/** Said before it is done: what becomes of it, and that it is this very one. */
function Lost({ row, onClose }: { row: DeviceRow; onClose: () => void }) {
  const t = useWords(deviceWords)
  const doing = useDo(revoke)
  const { deviceId, accountId } = row
  useEffect(() => {
    document.querySelector<HTMLElement>('.dev-lost button')?.focus()
  }, [])
  return (
    <section className="dev-lost">
      <PhoneCard icon="lock" attention title={row.platform || t('unknownDevice')} note={t('lostDoes')} />
      {doing.error ? <ProblemNote error={doing.error} /> : null}
      <BigButton
        title={t('lostYes')}
        disabled={doing.isPending}
        onClick={() => doing.mutate({ deviceId, accountId, why: t('lostWhy') }, { onSuccess: onClose })}
      />
      <BigButton tone="plain" title={t('lostNo')} onClick={onClose} />
    </section>
  )
}
