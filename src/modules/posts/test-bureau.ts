// The bureau that the tests of this module work in: an operation, two units, the usual patterns.
import type { Person, World } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { openOperation } from '../operations/contracts.ts'
import { operations } from '../operations/index.ts'
import { addUnit } from '../people/contracts.ts'
import { people } from '../people/index.ts'
import { addPost, defineStandardPatterns, type PostKind } from './contracts.ts'
import { posts } from './index.ts'

export const modules = [access, operations, people, posts]

export interface Bureau {
  operationId: string
  station: string
  traffic: string
  patterns: Record<'fourBySix' | 'threeByEight' | 'twoByTwelve' | 'dayOnly' | 'standby', string>
  /** A post of a kind, at a place in the east of the county, with its code. */
  post(code: string, kind: PostKind, more?: Record<string, unknown>): Promise<string>
}

export async function bureau(w: World, zhou: Person): Promise<Bureau> {
  const [operationId, station, traffic] = [w.newId(), w.newId(), w.newId()]
  await zhou.does(openOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn: '2021-10-24' })
  const unit = { kind: 'station', parentId: null, place: null } as const
  await zhou.does(addUnit, { ...unit, unitId: station, name: '城东派出所', shortName: '城东所', sort: 1 })
  await zhou.does(addUnit, { ...unit, unitId: traffic, name: '交通警察大队', shortName: '交警', sort: 2 })
  const patterns = {
    fourBySix: w.newId(),
    threeByEight: w.newId(),
    twoByTwelve: w.newId(),
    dayOnly: w.newId(),
    standby: w.newId(),
  }
  await zhou.does(defineStandardPatterns, patterns)
  return {
    operationId,
    station,
    traffic,
    patterns,
    async post(code, kind, more = {}) {
      const postId = w.newId()
      await zhou.does(addPost, {
        operationId,
        postId,
        code,
        name: `点位${code}`,
        kind,
        unitId: station,
        ...more,
      })
      return postId
    },
  }
}

/** A square of a tenth of a degree with its lower left corner there. */
export const square = (lng: number, lat: number): [number, number][] => [
  [lng, lat],
  [lng + 0.1, lat],
  [lng + 0.1, lat + 0.1],
  [lng, lat + 0.1],
]
