// On the officer's own page: that a leader waits for his signature, and the way to his swaps.
import { useNavigate } from '@tanstack/react-router'
import { useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { PhoneCard, useFormat, useWords } from '../../../ui/phone.ts'
import type { my } from '../../roster/contracts.ts'
import { todayWords } from './today-words.ts'

export function ChasedCard({ chased }: { chased: OutputOf<typeof my>['chased'] }) {
  const t = useWords(todayWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  if (!chased) return null
  const note = t('chasedNote', { n: chased.times, time: format.time(chased.at), name: chased.by ?? '' })
  return <PhoneCard icon="horn" attention title={t('chasedTitle')} note={note} />
}

export function SwapCard({ waiting }: { waiting: number }) {
  const t = useWords(todayWords)
  const navigate = useNavigate()
  return (
    <PhoneCard
      icon="people"
      attention={waiting > 0}
      title={t('swaps')}
      note={waiting > 0 ? t('swapsWaiting', { n: waiting }) : t('swapsNote')}
      onOpen={() => void navigate({ to: '/swaps' })}
    />
  )
}
