import type { OutputOf } from '../../../kernel/contract.ts'
import type { FigureItem, Translate } from '../../../ui/index.ts'
import type { mapAt } from '../../posts/contracts.ts'
import type { coverage } from '../../roster/contracts.ts'
import type { reportWords } from './words.ts'

export type Cover = OutputOf<typeof coverage>
export type MapAnswer = OutputOf<typeof mapAt>
type Go = (path: string, search?: Record<string, string>) => void

export interface PostCover {
  need: number
  have: number
}

/** Need and have of each post at the instant; a post with two patterns counts once. */
export function coverOfPosts(cover: Cover): Map<string, PostCover> {
  const posts = new Map<string, PostCover>()
  for (const { postId, need, have } of cover.posts) {
    const before = posts.get(postId) ?? { need: 0, have: 0 }
    posts.set(postId, { need: before.need + need, have: before.have + have })
  }
  return posts
}

type Say = Translate<typeof reportWords>

/** The figures of the first row, each with a way to its records. */
export function figuresOf(
  cover: Cover | undefined,
  map: MapAnswer | undefined,
  t: Say,
  to: Go,
): FigureItem[] {
  return [...staffing(cover, t, () => to('/roster')), ...ground(map, t, to)]
}

function staffing(cover: Cover | undefined, t: Say, onOpen: () => void): FigureItem[] {
  const posts = [...(cover ? coverOfPosts(cover) : new Map<string, PostCover>()).values()]
  const due = posts.filter(one => one.need > 0)
  const empty = due.filter(one => one.have === 0).length
  const short = due.filter(one => one.have > 0 && one.have < one.need).length
  const full = due.filter(one => one.have >= one.need).length
  const missing = due.reduce((sum, one) => sum + Math.max(0, one.need - one.have), 0)
  const need = cover?.need ?? 0
  const unit = t('unitPost')
  const item = (
    key: string,
    label: string,
    value: number,
    note: string,
    signal?: 'red' | 'amber',
  ): FigureItem => ({
    key,
    label,
    value,
    unit,
    note,
    onOpen,
    ...(signal && value > 0 ? { signal } : {}),
  })
  return [
    {
      key: 'onDuty',
      label: t('onDuty'),
      value: cover?.have ?? 0,
      unit: t('unitPerson'),
      note: missing > 0 ? t('short', { n: need, m: missing }) : t('shouldBe', { n: need }),
      onOpen,
      ...(missing > 0 ? { signal: 'amber' } : {}),
    },
    item('empty', t('emptyPosts'), empty, t('emptyNote'), 'red'),
    item('short', t('shortPosts'), short, t('shortNote'), 'amber'),
    item('full', t('fullPosts'), full, t('ofPosts', { n: due.length })),
  ]
}

function ground(map: MapAnswer | undefined, t: Say, to: Go): FigureItem[] {
  const zone = (kind: 'sealed' | 'control'): FigureItem => ({
    key: kind,
    label: t(kind),
    value: map?.zones.filter(one => one.kind === kind).length ?? 0,
    unit: t('unitZone'),
    note: t('now'),
    onOpen: () => to('/zones', { kind }),
  })
  const sites = map?.posts.filter(post => post.sampling).length ?? 0
  return [
    zone('sealed'),
    zone('control'),
    {
      key: 'sites',
      label: t('sites'),
      value: sites,
      unit: t('unitPost'),
      note: sites > 0 ? t('roundToday') : t('noRound'),
      onOpen: () => to('/posts/rounds'),
    },
  ]
}
