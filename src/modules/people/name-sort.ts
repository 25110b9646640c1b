// How a name is sorted and found: toneless pinyin by the rules for surnames (单 is shan, 解 is xie), then the
// initials, so that `zsy` finds 周示一 as people type it.
import { pinyin } from 'pinyin-pro'

export function nameSort(name: string): string {
  const syllables = pinyin(name.trim(), {
    toneType: 'none',
    type: 'array',
    surname: 'head',
    nonZh: 'consecutive',
    v: true,
  })
    .map(part =>
      part
        .toLowerCase()
        .normalize('NFKC')
        .replace(/[^a-z0-9]/g, ''),
    )
    .filter(part => part !== '')
  if (syllables.length === 0) return name.trim().toLowerCase()
  const initials = syllables.map(part => part.charAt(0)).join('')
  return `${syllables.join('')} ${initials}`
}
