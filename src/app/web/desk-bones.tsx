import { useWords } from '../../ui/i18n.ts'
import './desk-bones.css'
import { doorWords } from './words.ts'

/** The desk while its parts are still on the way: bar, rail and panels at their places, so that nothing jumps. */
export function DeskBones() {
  const t = useWords(doorWords)
  return (
    <div className="bones" role="status" aria-label={t('opening')}>
      <div className="bones-bar">{t('mark')}</div>
      <div className="bones-rail">
        {[1, 2, 3, 4, 5, 6].map(row => (
          <i key={row} />
        ))}
      </div>
      <div className="bones-main">
        <i />
        <i />
      </div>
    </div>
  )
}
