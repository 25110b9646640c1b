export { type BoundOptions, type BoundProgress, type BoundResult, boundOf, costOf } from './bound.ts'
export { checkProblem, type ProblemFault, type ProblemFaultCode } from './check-problem.ts'
export {
  type Candidate,
  type CandidateReason,
  type Forbidden,
  type OpenReason,
  type Seat,
  type WhoElse,
  type WhyOpen,
  whoElse,
  whyOpen,
} from './explain.ts'
export type { LinearColumn, LinearProgram, LinearSolver } from './linear.ts'
export * from './model.ts'
export { RULES, type Rule, type RuleId } from './rules.ts'
export { type Shortage, ShortageProofs } from './shortage.ts'
export { type Progress, type SolveOptions, solve } from './solve.ts'
export { canDive, type LedOptions, solveLed } from './solve-led.ts'
export { type Breach, Checker, checkOfficer, openDemand, type Validation, validate } from './validate.ts'
export { readShiftFile, readShiftSolution, ShiftFileFault, writeShiftSolution } from './shift-file.ts'
export { type SoftCost, softCost } from './validate-cost.ts'
