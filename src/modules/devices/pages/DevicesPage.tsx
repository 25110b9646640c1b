// Phones and computers of the bureau: whose, heard of when, what still lies on them, and which are taken out of use.
import './devices.css'
import { useAddress } from '../../../device/address.ts'
import { appVersion } from '../../../device/app-version.ts'
import { useAsk, useClient, useServerNow, useSession } from '../../../device/hooks.ts'
import {
  type Column,
  type FilterDef,
  ListPage,
  Signal,
  useFolded,
  useFormat,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import {
  deviceFilters,
  deviceList,
  deviceOrders,
  type DeviceRow,
  deviceStateTitles,
  gapTitles,
  silentMinutes,
} from '../contracts.ts'
import { DeviceDrawer } from './DeviceDrawer.tsx'
import { deviceWords } from './words.ts'

/** How long ago, in the largest unit that says it. */
export function Ago({ at }: { at: string }) {
  const t = useWords(deviceWords)
  const minutes = Math.floor((useServerNow() - Date.parse(at)) / 60_000)
  if (minutes < 1) return <>{t('justNow')}</>
  if (minutes < 120) return <>{t('ago', { n: minutes })}</>
  if (minutes < 48 * 60) return <>{t('agoHours', { n: Math.floor(minutes / 60) })}</>
  return <>{t('agoDays', { n: Math.floor(minutes / 1_440) })}</>
}

export function Gaps({ row }: { row: DeviceRow }) {
  const { lang } = useLang()
  if (row.gaps.length === 0) return <>—</>
  return (
    <span className="dev-sign fx-tone-amber">
      <Signal kind="amber" size={14} />
      {row.gaps.map(gap => gapTitles[gap][lang]).join(' · ')}
    </span>
  )
}

export function State({ row }: { row: DeviceRow }) {
  const { lang } = useLang()
  const title = deviceStateTitles[row.state][lang]
  if (row.state === 'inUse') return <>{title}</>
  const kind = row.state === 'wiped' ? 'green' : 'amber'
  return (
    <span className={`dev-sign fx-tone-${kind}`}>
      <Signal kind={kind} size={14} />
      {title}
    </span>
  )
}

export function Moment({ at }: { at: string | null }) {
  const format = useFormat(useSession().agency.timeZone)
  if (at === null) return <>—</>
  return (
    <span className="fx-date">
      {format.day(at, { weekday: false })} {format.time(at)}
    </span>
  )
}

/** On a phone: who, on what, since when, and what is wrong with it. */
function useFoldedColumns(): Column<DeviceRow>[] {
  const t = useWords(deviceWords)
  return [
    {
      key: 'name',
      title: t('holder'),
      width: 240,
      narrow: true,
      render: row => (
        <span className="dev-folded">
          <span className="dev-ends">
            <strong>{row.name}</strong>
            {row.state === 'inUse' ? row.gaps.length > 0 ? <Gaps row={row} /> : null : <State row={row} />}
          </span>
          <span className="dev-ends dev-quiet">
            <span className="dev-two">
              {[row.unitName, row.platform || t('unknownDevice')].filter(Boolean).join(' · ')}
            </span>
            <span>
              {row.unsent > 0 ? `${t('unsent')} ${t('unsentCount', { n: row.unsent })} · ` : null}
              <Ago at={row.lastSeenAt} />
            </span>
          </span>
        </span>
      ),
    },
  ]
}

function useColumns(): Column<DeviceRow>[] {
  const t = useWords(deviceWords)
  const folded = useFoldedColumns()
  if (useFolded()) return folded
  return [
    { key: 'name', title: t('holder'), width: 120, narrow: true, render: row => row.name },
    { key: 'unit', title: t('unit'), width: 140, render: row => row.unitName || '—' },
    {
      key: 'platform',
      title: t('device'),
      width: 168,
      narrow: true,
      render: row => row.platform || t('unknownDevice'),
    },
    {
      key: 'version',
      title: t('version'),
      width: 168,
      render: row => (
        <span className="dev-two">
          {row.appVersion || t('noVersion')}
          {row.appVersion === appVersion ? null : <span className="dev-quiet"> {t('oldVersion')}</span>}
        </span>
      ),
    },
    {
      key: 'lastSeen',
      title: t('lastSeen'),
      width: 112,
      grow: 0,
      narrow: true,
      render: row => <Ago at={row.lastSeenAt} />,
    },
    { key: 'unsent', title: t('unsent'), width: 72, grow: 0, align: 'end', render: row => row.unsent || '—' },
    {
      key: 'oldest',
      title: t('oldest'),
      width: 120,
      grow: 0,
      render: row => <Moment at={row.oldestUnsentAt} />,
    },
    { key: 'gaps', title: t('gaps'), width: 168, render: row => <Gaps row={row} /> },
    { key: 'state', title: t('state'), width: 168, render: row => <State row={row} /> },
    {
      key: 'acknowledged',
      title: t('acknowledged'),
      width: 80,
      grow: 0,
      align: 'end',
      hidden: true,
      render: row => row.acknowledged,
    },
    {
      key: 'firstSeen',
      title: t('firstSeen'),
      width: 120,
      grow: 0,
      hidden: true,
      render: row => <Moment at={row.firstSeenAt} />,
    },
  ]
}

function useFilters(): FilterDef[] {
  const t = useWords(deviceWords)
  const labels: Record<(typeof deviceFilters)[number], string> = {
    gap: t('onlyGap'),
    silent: t('onlySilent', { n: silentMinutes }),
    unsent: t('onlyUnsent'),
    oldVersion: t('onlyOld'),
    revoked: t('onlyRevoked'),
  }
  return [
    { key: 'only', label: t('only'), options: deviceFilters.map(value => ({ value, label: labels[value] })) },
  ]
}

export default function DevicesPage() {
  const t = useWords(deviceWords)
  const client = useClient()
  const list = useList(useAddress(), { filters: ['only'], orders: deviceOrders })
  const only = list.many('only', deviceFilters)
  const asked = { ...list.asked, ...(only ? { only } : {}), version: appVersion }
  const answer = useAsk(deviceList, { ...asked, limit: 5_000 }, { refetchSeconds: 60 })
  const shown = answer.data?.rows.find(row => row.key === list.open)
  return (
    <ListPage
      id="devices"
      title={t('devices')}
      counts={answer.data ? t('count', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.key}
      rowName={row => row.name}
      columns={useColumns()}
      {...list.page}
      rowHeight={useFolded() ? 60 : undefined}
      searchHint={t('search')}
      filters={useFilters()}
      empty={{ sentence: t('empty'), example: t('emptyExample') }}
      onOpen={row => list.show(row.key)}
      file={columns => client.fileUrl('devices.export', { ...asked, columns })}
    >
      {shown ? <DeviceDrawer row={shown} onClose={() => list.show(null)} /> : null}
    </ListPage>
  )
}
