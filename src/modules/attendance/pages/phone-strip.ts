// The strip at the head of these pages, with the time as the agency's clocks show it.
import { useSession } from '../../../device/hooks.ts'
import { useStrip } from '../../../device/phone.ts'
import { useFormat } from '../../../ui/phone.ts'

export function usePhoneStrip() {
  const format = useFormat(useSession().agency.timeZone)
  return useStrip(format.time)
}
