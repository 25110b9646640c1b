import { useWords } from '../../ui/i18n.ts'
import { Door } from './door.tsx'

const words = {
  title: { zh: '没有这个页面', en: 'No such page' },
  none: {
    zh: '地址有误，或您无权查看。请从首页进入。',
    en: 'The address is wrong, or you may not see it. Go in by the first page.',
  },
  home: { zh: '回到首页', en: 'To the first page' },
} as const

export function NoPage() {
  const t = useWords(words)
  return (
    <Door>
      <h1>{t('title')}</h1>
      <p role="alert">{t('none')}</p>
      <a className="door-link" href="/">
        {t('home')}
      </a>
    </Door>
  )
}
