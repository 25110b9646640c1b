export { asleepFor, awakeFor, restedAtWaking, sleepiness, sleepy } from './alertness.ts'
export { type ScoredDuty, scoreDuties } from './score.ts'
export { type AssumedDuty, assumedSleep, type Stretch } from './sleep.ts'
