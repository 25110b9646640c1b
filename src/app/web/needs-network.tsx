import { useWords } from '../../ui/i18n.ts'
import { Door } from './door.tsx'

const words = {
  title: { zh: '这个页面需要网络', en: 'This page needs the network' },
  why: {
    zh: '断网时可用：今日、签到、交接班、任务、我的。',
    en: 'Without one there are Today, Check in, Hand-over, Tasks and Me.',
  },
  again: { zh: '重试', en: 'Try again' },
  today: { zh: '回到今日', en: 'To Today' },
} as const

/** In place of a page that is not kept on this phone. */
export function NeedsNetwork() {
  const t = useWords(words)
  return (
    <Door>
      <h1>{t('title')}</h1>
      <p role="status">{t('why')}</p>
      <button type="button" className="door-button" onClick={() => location.reload()}>
        {t('again')}
      </button>
      <p className="door-foot">
        <a className="door-link" href="/today">
          {t('today')}
        </a>
      </p>
    </Door>
  )
}
