// Whose answers a phone keeps for a shift without a network. By name, because the entry must not wait for the contracts
// of all modules; `field-queries.test.ts` holds each against its contract.
export const fieldQueries: readonly string[] = [
  'attendance.my',
  'attendance.myHandover',
  'attendance.myHours',
  'attendance.myLoop',
  'commandpost.myRecalls',
  'commandpost.myTasks',
  'encounters.holdings',
  'encounters.kit',
  'operations.current',
  'posts.post',
  'roster.my',
  'roster.mySwaps',
  'roster.myTurns',
]
