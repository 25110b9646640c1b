// On the officer's own page: that a hand-over is to be given or signed.
import { useNavigate } from '@tanstack/react-router'
import { useAsk } from '../../../device/hooks.ts'
import { PhoneCard, useWords } from '../../../ui/phone.ts'
import { myHandover } from '../contracts.ts'
import { leavingMs } from './own-seats.ts'
import { handoverWords } from './handover-words.ts'

/** Whether somebody still has to sign for what he leaves: until then leaving is not the next step. */
export function useOwesHandover(now: number, enabled: boolean): boolean {
  const { give } = useAsk(myHandover, {}, { refetchSeconds: 60, enabled }).data ?? {}
  return Boolean(give?.to && !give.page?.signedAt && Date.parse(give.from.ends) - now <= leavingMs)
}

export function HandoverCard({ due }: { due: boolean }) {
  const t = useWords(handoverWords)
  const navigate = useNavigate()
  const found = useAsk(myHandover, {}, { refetchSeconds: 60 })
  const toSign = found.data?.toSign.find(one => one.state === 'given')
  const page = found.data?.give?.page
  if (!toSign && !found.data?.give) return null
  const note = toSign
    ? t('from', { name: toSign.giver.name })
    : page?.state === 'returned'
      ? t('giveBack')
      : due
        ? page
          ? t('waiting', { name: page.successor.name })
          : t('giveFirst')
        : undefined
  return (
    <PhoneCard
      icon="sign"
      attention={note !== undefined}
      title={t('title')}
      note={note}
      onOpen={() => void navigate({ to: '/handover' })}
    />
  )
}
