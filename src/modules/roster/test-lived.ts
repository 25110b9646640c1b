// A roster written by hand and published, in a bureau of two stations: every story knows who should be where.
import { books } from '../../kernel/books/books.ts'
import type { Person, World } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { operations } from '../operations/index.ts'
import { addUnit, transferOfficer } from '../people/contracts.ts'
import { people } from '../people/index.ts'
import { posts } from '../posts/index.ts'
import { editCell, openDraft, publish } from './contracts.ts'
import { roster } from './index.ts'
import { type Bureau, bureau } from './test-bureau.ts'

const lower = [access, operations, people, posts, roster]
export const livedModules = [...lower, books(lower)]

export interface HandDuty {
  officer: number
  day: string
  post: 'gate' | 'checkpoint' | 'standby'
  bands: string[]
}

export interface Lived extends Bureau {
  west: string
  /** An officer on his phone; his account is limited to his own station. */
  person(officer: number): Person
  leader(name: string, unit: 'east' | 'west'): Person
  publishes(duties: readonly HandDuty[]): Promise<number>
}

/** 08:00 of a duty day in Beijing is midnight in UTC: `at('2021-11-04', 8, 5)` is 08:05 there. */
export const at = (day: string, hour: number, minute = 0): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + ((hour - 8) * 60 + minute) * 60_000).toISOString()

/** The last officer is of the station west; every other of the station east. */
export async function lived(w: World, boss: Person, officerCount = 12): Promise<Lived> {
  const b = await bureau(w, boss, officerCount)
  const west = w.newId()
  await boss.does(addUnit, {
    ...{ unitId: west, kind: 'station' as const, parentId: null, place: null, sort: 2 },
    ...{ name: '城西派出所', shortName: '城西所' },
  })
  const last = b.officers.at(-1) ?? ''
  await boss.does(transferOfficer, { officerIds: [last], unitId: west })
  const patternOf = {
    gate: b.patterns.fourBySix,
    checkpoint: b.patterns.threeByEight,
    standby: b.patterns.standby,
  }
  const unitOf = (officer: number) => (officer === officerCount - 1 ? west : b.unitId)
  return {
    ...b,
    west,
    person: officer =>
      w.person(`民警${officer}`, ['officer'], {
        officerId: b.officers[officer],
        unitIds: [unitOf(officer)],
      }),
    leader: (name, unit) => w.person(name, ['unitLeader'], { unitIds: [unit === 'east' ? b.unitId : west] }),
    async publishes(duties) {
      const days = duties.map(one => one.day).sort()
      const planId = w.newId()
      const [fromDay = '', untilDay = ''] = [days[0], days.at(-1)]
      await boss.does(openDraft, { planId, operationId: b.operationId, fromDay, untilDay })
      const edits = duties.map(one => ({
        officerId: b.officers[one.officer] ?? '',
        day: one.day,
        duty: { postId: b[one.post], patternId: patternOf[one.post], bands: one.bands },
      }))
      const { revision } = await boss.does(editCell, { planId, revision: 1, edits })
      return (await boss.does(publish, { planId, revision })).version
    },
  }
}
