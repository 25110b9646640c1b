// On the officer's own page: which day of his closed loop it is, or until when he rests. A tap opens the order.
import { useNavigate } from '@tanstack/react-router'
import { useAsk, useSession } from '../../../device/hooks.ts'
import { PhoneCard, useFormat, useWords } from '../../../ui/phone.ts'
import { myLoop } from '../contracts.ts'
import { loopWords } from './team-words.ts'

export function LoopCard() {
  const t = useWords(loopWords)
  const navigate = useNavigate()
  const format = useFormat(useSession().agency.timeZone)
  const { data } = useAsk(myLoop, {}, { refetchSeconds: 300 })
  const loop = data?.loop
  if (!loop) return null
  const note =
    loop.isIn && loop.lastDay
      ? t('ends', { day: format.day(loop.lastDay) })
      : t('restsUntil', { day: loop.restsUntil ? format.day(loop.restsUntil) : '' })
  return (
    <PhoneCard
      icon="sign"
      title={loop.isIn ? t('inDay', { n: loop.daysIn }) : t('resting')}
      note={note}
      onOpen={() => void navigate({ to: '/loop' })}
    />
  )
}
