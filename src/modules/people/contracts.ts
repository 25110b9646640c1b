// Everything that can be done with and asked about people. The parts stand in files of their own by subject.
export * from './contracts-import.ts'
export * from './contracts-officers.ts'
export * from './contracts-problems.ts'
export * from './contracts-teams.ts'
export * from './contracts-units.ts'
export * from './contracts-words.ts'
