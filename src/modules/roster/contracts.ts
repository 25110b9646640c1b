// Everything that can be done with and asked about the roster. The parts stand in files of their own by subject.
export * from './contracts-board.ts'
export * from './contracts-live.ts'
export * from './contracts-plan.ts'
export * from './contracts-problems.ts'
export * from './contracts-shapes.ts'
export * from './contracts-sheets.ts'
