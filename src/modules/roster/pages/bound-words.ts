// Words of the proof beside a draft.
import type { Words } from '../../../ui/index.ts'

export const boundWords = {
  prove: { zh: '证明下界', en: 'Prove the bound' },
  again: { zh: '重新证明', en: 'Prove again' },
  stop: { zh: '停止证明', en: 'Stop proving' },
  begins: { zh: '正在读取警力与需求', en: 'Reading people and demand' },
  soFar: {
    zh: '已证明不低于 {n} 分 · 已用 {a}/{b} 秒',
    en: 'proven so far: at least {n} points · {a} of {b} s',
  },
  best: {
    zh: '没有任何排班能优于本稿：总代价 {cost} 分已是最低',
    en: 'No roster can do better than this draft: {cost} points are the least',
  },
  gap: {
    zh: '没有任何排班能优于 {bound} 分；本稿 {cost} 分，差距至多 {gap}%',
    en: 'No roster can do better than {bound} points; this draft has {cost}, a gap of {gap} % at most',
  },
  none: { zh: '时间太短，未能证明', en: 'Nothing was proven in so short a time' },
} satisfies Words
