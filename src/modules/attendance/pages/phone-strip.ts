// What the strip at the head of these pages says of the network and of facts that wait to be sent.
import { useSession } from '../../../device/hooks.ts'
import { useNetwork } from '../../../device/phone.ts'
import { useFormat } from '../../../ui/phone.ts'
import type { useKeptFacts } from './kept-facts.ts'

export function usePhoneStrip({ unsent, oldest }: ReturnType<typeof useKeptFacts>) {
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const network = useNetwork()
  return {
    rehearsal: agency.kind === 'rehearsal',
    network: unsent.length > 0 && network === 'online' ? ('sending' as const) : network,
    unsent: oldest ? { count: unsent.length, earliest: format.time(oldest) } : null,
  }
}
