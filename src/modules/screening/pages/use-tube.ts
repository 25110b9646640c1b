// The tube that is being filled. It outlives a reload: half a tube of people is not counted twice.
import { useSession } from '../../../device/hooks.ts'
import { useKept } from '../../../ui/phone.ts'
import type { MySite, TubeSize } from '../contracts.ts'

export interface CurrentTube {
  code: string
  size: TubeSize
  people: number
  lane: number
  /** Whose re-test it is: somebody of a positive tube. */
  retestId: string | null
}
const untouched: CurrentTube = { code: '', size: 10, people: 0, lane: 1, retestId: null }

export function useTube(site: MySite) {
  const { accountId } = useSession()
  const [tube, keep] = useKept<CurrentTube>(`fangxian tube ${accountId} ${site.postId}`, untouched)
  return {
    tube,
    put: (more: Partial<CurrentTube>) => {
      const next = { ...tube, ...more }
      keep({ ...next, people: Math.min(next.people, next.size) })
    },
    /** The next one: the same size at the same lane, and after a re-test the usual one. */
    next: () => keep({ ...tube, code: '', people: 0, retestId: null, size: tube.retestId ? 10 : tube.size }),
  }
}
export type TubeHands = ReturnType<typeof useTube>
