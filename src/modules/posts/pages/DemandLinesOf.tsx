import { useAsk } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { DetailSection, Figure, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { type Band, demandLines, demandSkillTitles, patternList } from '../contracts.ts'
import { demandWords } from './words.ts'

export type Line = OutputOf<typeof demandLines>['rows'][number]

/** The names of bands by pattern, in the reader's language. */
export function useBandNames(): (patternId: string, key: string) => string {
  const { lang } = useLang()
  const { data } = useAsk(patternList, {})
  return (patternId, key) => {
    const band = data?.rows
      .find(row => row.patternId === patternId)
      ?.bands.find((one: Band) => one.key === key)
    return band?.[lang] ?? key
  }
}

/** When a line applies: its days, and the weekdays or the round it is narrowed to. */
export function useWhen(): (line: Line) => string {
  const t = useWords(demandWords)
  const format = useFormat()
  const weekday = (n: number) => t(`weekday${n as 1}`)
  return line => {
    const span = `${format.day(line.beginsOn, { weekday: false })} — ${format.day(line.endsOn, { weekday: false })}`
    if (line.roundName !== null) return line.roundName
    if (line.weekdays !== null) return `${span} · ${line.weekdays.map(weekday).join(' ')}`
    return `${span} · ${t('everyDay')}`
  }
}

export function DemandLinesOf({
  postId,
  operationId,
  day,
}: {
  postId: string
  operationId: string
  day: string
}) {
  const t = useWords(demandWords)
  const { lang } = useLang()
  const bandName = useBandNames()
  const when = useWhen()
  const answer = useAsk(demandLines, { operationId, postIds: [postId], limit: 200 })
  const rows = answer.data?.rows ?? []
  return (
    <DetailSection
      title={t('lines')}
      note={rows.length === 0 && !answer.isPending ? t('noLines') : undefined}
    >
      {rows.length > 0 ? (
        <table className="fx-posts-plain">
          <tbody>
            {rows.map(line => (
              <tr key={line.demandId} data-past={line.endsOn < day || undefined}>
                <td>
                  {line.patternName} · {line.bands.map(key => bandName(line.patternId, key)).join('、')}
                  <div className="fx-posts-note">{when(line)}</div>
                </td>
                <td>{line.skill === null ? t('crew') : demandSkillTitles[line.skill][lang]}</td>
                <td className="fx-end">
                  <Figure value={line.heads} unit={t('headUnit')} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </DetailSection>
  )
}
