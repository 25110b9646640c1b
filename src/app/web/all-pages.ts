// Every module's pages, in the order of the rail.
import { pages as access } from '../../modules/access/pages/index.ts'
import { pages as attendance } from '../../modules/attendance/pages/index.ts'
import { pages as commandpost } from '../../modules/commandpost/pages/index.ts'
import { pages as devices } from '../../modules/devices/pages/index.ts'
import { pages as encounters } from '../../modules/encounters/pages/index.ts'
import { pages as operations } from '../../modules/operations/pages/index.ts'
import { pages as people } from '../../modules/people/pages/index.ts'
import { pages as posts } from '../../modules/posts/pages/index.ts'
import { pages as reports } from '../../modules/reports/pages/index.ts'
import { pages as roster } from '../../modules/roster/pages/index.ts'
import { pages as subjects } from '../../modules/subjects/pages/index.ts'
import { pages as screening } from '../../modules/screening/pages/index.ts'
import type { PageDeclaration } from '../../ui/page.ts'

export const allPages: readonly PageDeclaration[] = [
  ...reports,
  ...operations,
  ...commandpost,
  ...people,
  ...posts,
  ...roster,
  ...attendance,
  ...subjects,
  ...encounters,
  ...screening,
  ...access,
  ...devices,
]
