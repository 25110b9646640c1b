// What the module can do and say, by subject.
export * from './contracts-demand.ts'
export * from './contracts-posts.ts'
export * from './contracts-problems.ts'
export * from './contracts-words.ts'
export * from './contracts-zones.ts'
export * from './distance.ts'
