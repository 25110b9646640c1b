// Words that every step of the play needs: ids by label, days and instants by offset.
import { addDays, instantAt } from '../../src/kernel/time.ts'
import type { Stage } from '../scenario.ts'
import { units } from './bureau.ts'

const handOver = 480

export class Course {
  readonly stage: Stage
  readonly operationId: string
  constructor(stage: Stage) {
    this.stage = stage
    this.operationId = stage.id('operation')
  }
  day(offset: number): string {
    return addDays(this.stage.anchor, offset)
  }
  /** `minute` minutes after the hand-over of the duty day. */
  at(offset: number, minute = 0): string {
    return instantAt(this.stage.agency.timeZone, this.day(offset), handOver + minute)
  }
  /** The same for many minutes of one day: the calendar is asked once. */
  minutesOf(offset: number): (minute: number) => string {
    const begins = Date.parse(this.at(offset))
    return minute => new Date(begins + minute * 60_000).toISOString()
  }
  postId(key: string): string {
    return this.stage.id(`post ${key}`)
  }
  zoneId(key: string): string {
    return this.stage.id(`zone ${key}`)
  }
  unitId(name: string): string {
    return this.stage.id(`unit ${units.find(unit => unit.name === name)?.key}`)
  }
  officerId(badge: string): string {
    return this.stage.id(`officer ${badge}`)
  }
  patternId(key: string): string {
    return this.stage.id(`pattern ${key}`)
  }
}
