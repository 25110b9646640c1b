export { type Act, type Advice, advise, fullFrom, type Limits, type SiteNow, soonMinutes } from './advise.ts'
export { erlangC, type Load, settledWait, utilisation } from './erlang.ts'
export { type Observed, type Pace, paceOf } from './observe.ts'
export {
  type Estimate,
  families,
  familiesAndBuses,
  type Group,
  oneByOne,
  simulate,
  type Simulated,
  type Site,
} from './simulate.ts'
