// The only place that knows all modules, in the order of the house: no import runs up it.
import { books } from '../kernel/books/books.ts'
import { type Module, Registry } from '../kernel/module.ts'
import { access } from '../modules/access/index.ts'
import { attendance } from '../modules/attendance/index.ts'
import { commandpost } from '../modules/commandpost/index.ts'
import { devices } from '../modules/devices/index.ts'
import { encounters } from '../modules/encounters/index.ts'
import { operations } from '../modules/operations/index.ts'
import { people } from '../modules/people/index.ts'
import { posts } from '../modules/posts/index.ts'
import { reports } from '../modules/reports/index.ts'
import { roster } from '../modules/roster/index.ts'
import { subjects } from '../modules/subjects/index.ts'
import { screening } from '../modules/screening/index.ts'

export const modules: readonly Module[] = [
  access,
  operations,
  people,
  posts,
  roster,
  attendance,
  devices,
  commandpost,
  subjects,
  encounters,
  screening,
  reports,
]

export function registry(): Registry {
  return new Registry([...modules, books(modules)])
}
