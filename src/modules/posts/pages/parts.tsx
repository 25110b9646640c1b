// Small pieces that several of these pages show.
import { useMemo } from 'react'
import { useAsk, useSession } from '../../../device/hooks.ts'
import { formatDayTime, useLang, ZoneSwatch } from '../../../ui/index.ts'
import { units } from '../../people/contracts.ts'
import { type ZoneKind, zoneKindTitles, zoneList } from '../contracts.ts'

export type StageKind = ZoneKind | 'lifted'

export function ZoneKindWord({ kind }: { kind: StageKind }) {
  const { lang } = useLang()
  return (
    <span className="fx-posts-kind">
      <ZoneSwatch kind={kind} />
      {zoneKindTitles[kind][lang]}
    </span>
  )
}

/** Units as choices, in the order of protocol. */
export function useUnitOptions(): { value: string; label: string }[] {
  const answer = useAsk(units, {})
  return useMemo(
    () => (answer.data?.rows ?? []).map(unit => ({ value: unit.unitId, label: unit.shortName })),
    [answer.data],
  )
}

export function useZoneOptions(operationId: string): { value: string; label: string }[] {
  const answer = useAsk(zoneList, { operationId, limit: 1_000 })
  return useMemo(
    () => (answer.data?.rows ?? []).map(zone => ({ value: zone.zoneId, label: zone.name })),
    [answer.data],
  )
}

/** Writes instants in the bureau's zone and the reader's language. */
export function useDayTime(): (instant: string) => string {
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  return instant => formatDayTime(instant, { lang, timeZone })
}
