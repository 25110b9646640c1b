// The shift systems that bureaus write on paper (PAPERWORK.md §1.1), cut relative to the hand-over hour.
import type { InputOf } from '../../kernel/contract.ts'
import type { Band, defineShiftPattern, defineStandardPatterns } from './contracts-demand.ts'

type NewPattern = InputOf<typeof defineShiftPattern>

/** `HH:mm` of the clock as minutes after the hand-over hour. */
function after(handOverMinute: number, hour: number): number {
  return (hour * 60 - handOverMinute + 1_440) % 1_440
}

/**
 * Paper writes the same hours wherever the duty day begins: three shifts are 08–16–24–08. A bureau that hands over at
 * 08:30 keeps its bands in step with its hand-over instead, or the first band of a day would be cut in two.
 */
export function standardPatterns(
  ids: InputOf<typeof defineStandardPatterns>,
  handOverMinute: number,
): NewPattern[] {
  const start = handOverMinute % 60 === 0 ? after(handOverMinute, 8) : 0
  const band = (key: string, zh: string, en: string, hours: number, length: number): Band => ({
    key,
    zh,
    en,
    from: (start + hours * 60) % 1_440,
    minutes: length * 60,
  })
  return [
    {
      patternId: ids.fourBySix,
      name: '四班制(6小时)',
      kind: '4x6',
      adjoining: true,
      bands: [
        band('morning', '上午班', 'Morning', 0, 6),
        band('afternoon', '下午班', 'Afternoon', 6, 6),
        band('evening', '晚班', 'Evening', 12, 6),
        band('night', '夜班', 'Night', 18, 6),
      ],
    },
    {
      patternId: ids.threeByEight,
      name: '三班倒(8小时)',
      kind: '3x8',
      adjoining: true,
      bands: [
        band('early', '早班', 'Early', 0, 8),
        band('late', '中班', 'Late', 8, 8),
        band('night', '夜班', 'Night', 16, 8),
      ],
    },
    {
      patternId: ids.twoByTwelve,
      name: '两班倒(12小时)',
      kind: '2x12',
      adjoining: true,
      bands: [band('day', '白班', 'Day', 0, 12), band('night', '夜班', 'Night', 12, 12)],
    },
    {
      patternId: ids.dayOnly,
      name: '白天班(无夜班)',
      kind: 'day',
      adjoining: true,
      bands: [band('morning', '上午班', 'Morning', 0, 6), band('afternoon', '下午班', 'Afternoon', 6, 6)],
    },
    {
      patternId: ids.standby,
      name: '24小时备勤',
      kind: 'standby24',
      adjoining: true,
      bands: [band('whole', '全天', 'Whole day', 0, 24)],
    },
  ]
}
