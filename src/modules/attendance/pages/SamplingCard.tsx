// On the officer's own page, when the shift is at a sampling site: a tap opens what is done there.
import { useNavigate } from '@tanstack/react-router'
import { PhoneCard, useWords } from '../../../ui/phone.ts'
import { todayWords } from './today-words.ts'

export function SamplingCard() {
  const t = useWords(todayWords)
  const navigate = useNavigate()
  const open = () => void navigate({ to: '/sampling' })
  return <PhoneCard icon="scan" title={t('sampling')} note={t('samplingNote')} onOpen={open} />
}
