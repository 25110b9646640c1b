// What the strip at the head of the phone's pages says of the network and of what waits to be sent.
import { useSession } from './hooks.ts'
import type { Outbox } from './outbox-hooks.ts'
import { useNetwork } from './phone.ts'

/** `time` writes an instant as the screen does: 14:05. */
export function usePhoneStrip({ unsent, oldest }: Outbox, time: (at: string) => string) {
  const { agency } = useSession()
  const network = useNetwork()
  return {
    rehearsal: agency.kind === 'rehearsal',
    network: unsent > 0 && network === 'online' ? ('sending' as const) : network,
    unsent: oldest === null ? null : { count: unsent, earliest: time(oldest) },
  }
}
