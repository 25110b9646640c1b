export * from './contracts-commands.ts'
export * from './contracts-lists.ts'
export * from './contracts-problems.ts'
export * from './contracts-words.ts'
