import { useWords } from '../../ui/i18n.ts'
import { Door } from './door.tsx'

const words = {
  none: { zh: '没有这个页面，或您无权查看。', en: 'There is no such page, or you may not see it.' },
  home: { zh: '回到首页', en: 'To the first page' },
} as const

export function NoPage() {
  const t = useWords(words)
  return (
    <Door>
      <p role="alert">{t('none')}</p>
      <a href="/">{t('home')}</a>
    </Door>
  )
}
