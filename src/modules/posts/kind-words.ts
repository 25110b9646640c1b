// The words that papers use for kinds of posts and zones (PAPERWORK.md §2.1), and the kind that each of them means.
// 卡口 and 卡点 are two spellings of one kind.
import { cleanText } from '../../sheets/index.ts'
import {
  type PostKind,
  type PostState,
  postKinds,
  postKindTitles,
  postStateTitles,
  type ZoneKind,
} from './contracts.ts'

/** Tried in this order: a 封控点 at the gate of a hospital is a zone gate, not a door guard. */
const postWords: readonly [RegExp, PostKind][] = [
  [/采样|核酸点/, 'samplingSite'],
  [/隔离/, 'isolationHotel'],
  [/封控|管控/, 'zoneGate'],
  [/指挥/, 'commandPost'],
  [/备勤|机动|待命/, 'reserve'],
  [/巡逻|巡区|巡组|网格|警格/, 'patrolGrid'],
  [/卡口|卡点|检查|检疫|查验|收费站|国省道|省道|国道|高速|路口/, 'checkpoint'],
  [/门岗|门卫|医院|门诊|接种|车站|客运站|火车站|物资|中转|留观|值守|执勤/, 'buildingGate'],
]
const exact = new Map<string, PostKind>(
  postKinds.flatMap(kind => [
    [kind.toLowerCase(), kind],
    [postKindTitles[kind].zh, kind],
    [postKindTitles[kind].en.toLowerCase(), kind],
  ]),
)

/** The kind that a word, or a name formed as place + kind, means; null where nothing in it says so. */
export function postKindOf(text: string): PostKind | null {
  const word = cleanText(text).toLowerCase()
  const known = exact.get(word)
  if (known) return known
  // The end of a name says what it is: 高速收费站出口卡口 is a checkpoint, 隔离酒店东侧采样点 a sampling site.
  const tail = word.slice(-6)
  for (const part of [tail, word]) {
    const found = postWords.find(([pattern]) => pattern.test(part))
    if (found) return found[1]
  }
  return null
}

export function zoneKindOf(text: string): ZoneKind | null {
  const word = cleanText(text).toLowerCase()
  if (/封控|封闭|sealed/.test(word)) return 'sealed'
  if (/管控|control/.test(word)) return 'control'
  if (/防范|precaution/.test(word)) return 'precaution'
  return null
}

export function postStateOf(text: string): PostState | null {
  const word = cleanText(text).toLowerCase()
  for (const [state, title] of Object.entries(postStateTitles)) {
    if (word === state || word === title.zh || word === title.en.toLowerCase()) return state as PostState
  }
  if (/撤/.test(word)) return 'closed'
  if (/停/.test(word)) return 'paused'
  if (/启|在用|使用/.test(word)) return 'active'
  if (/筹|拟/.test(word)) return 'planned'
  return null
}
