// Which post the officer stands at now: where he checked in and has not left, else the band that runs.
import type { OutputOf } from '../../../kernel/contract.ts'
import type { my } from '../../attendance/contracts.ts'

export type MySeat = OutputOf<typeof my>['seats'][number]

export function ownPost(seats: readonly MySeat[], now: number): MySeat | undefined {
  const there = seats.find(one => one.presence !== null && one.presence.leftAt === null)
  const runs = seats.find(one => Date.parse(one.begins) <= now && now < Date.parse(one.ends))
  return there ?? runs
}
