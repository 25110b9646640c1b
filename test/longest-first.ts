// Files that take longest begin first: alone at the end of a run, one of them keeps a core idle for minutes. What is
// known of their length is written here, because a fresh clone has no earlier run to learn from; an unknown file, or
// one that has become shorter, costs time and nothing else.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const longest = [
  'test/start/demonstration.test.ts',
  'test/field/faults.test.ts',
  'test/journeys/every-page-zh.test.ts',
  'test/journeys/every-page-en.test.ts',
  'scenarios/chengxi/chengxi.test.ts',
  'test/journeys/main-job.test.ts',
  'src/sheets/read.test.ts',
  'src/kernel/db/launcher.test.ts',
  'src/modules/people/import-files.test.ts',
  'test/start/empty.test.ts',
  'src/kernel/db/backup.test.ts',
  'src/app/cli.test.ts',
]

const place = ({ moduleId }: TestSpecification) => {
  const at = longest.findIndex(name => moduleId.endsWith(name))
  if (at >= 0) return at
  return moduleId.includes('/test/journeys/') ? longest.length : longest.length + 1
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.filter(name => !existsSync(fileURLToPath(new URL(`../${name}`, import.meta.url))))
    if (gone.length > 0) throw new Error(`longest-first.ts names what is not there: ${gone.join(', ')}`)
    return files.toSorted((a, b) => place(a) - place(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}
