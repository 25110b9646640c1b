import { useMay, useSession } from '../../../device/hooks.ts'
import { reportUnavailable } from '../contracts.ts'

const forOthers = ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'healthOfficer']

/** Leaders report anybody they see; everybody else only himself. */
export function useMayReport(officerId: string): boolean {
  const session = useSession()
  const may = useMay(reportUnavailable)
  const others = useMay(forOthers)
  return may && (others || session.officerId === officerId)
}
