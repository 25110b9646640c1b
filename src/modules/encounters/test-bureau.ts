// The bureau that the tests of this module work in: a checkpoint and a gate of two units, and the people there.
import { books } from '../../kernel/books/books.ts'
import type { Person, World } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { openOperation } from '../operations/contracts.ts'
import { operations } from '../operations/index.ts'
import { addUnit } from '../people/contracts.ts'
import { people } from '../people/index.ts'
import { addPost, defineStandardPatterns, setDemands } from '../posts/contracts.ts'
import { posts } from '../posts/index.ts'
import { subjects } from '../subjects/index.ts'
import { noteEncounter } from './contracts.ts'
import { encounters } from './index.ts'

const own = [access, operations, people, posts, subjects, encounters]
export const modules = [...own, books(own)]

export interface Bureau {
  operationId: string
  station: string
  traffic: string
  /** Of the station; 07:00–15:00, 15:00–23:00 and 23:00–07:00. */
  gate: string
  /** Of the traffic brigade, without demand. */
  checkpoint: string
  zhou: Person
  zheng: Person
  /** Leads the station. */
  han: Person
  /** An officer of the station. */
  feng: Person
}

export async function bureau(w: World): Promise<Bureau> {
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const [operationId, station, traffic] = [w.newId(), w.newId(), w.newId()]
  await zhou.does(openOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn: '2021-10-24' })
  const unit = { kind: 'station', parentId: null, place: null } as const
  await zhou.does(addUnit, { ...unit, unitId: station, name: '城东派出所', shortName: '城东所', sort: 1 })
  await zhou.does(addUnit, { ...unit, unitId: traffic, name: '交通警察大队', shortName: '交警', sort: 2 })
  const [gate, checkpoint] = [w.newId(), w.newId()]
  const post = { operationId, zoneId: null, place: null }
  await zhou.does(addPost, {
    ...{ ...post, postId: gate, code: 'FK-01', name: '东门封控点', kind: 'zoneGate', unitId: station },
  })
  await zhou.does(addPost, {
    ...{
      ...post,
      postId: checkpoint,
      code: 'KK-01',
      name: '青禾北卡口',
      kind: 'checkpoint',
      unitId: traffic,
    },
  })
  const threeByEight = w.newId()
  await zhou.does(defineStandardPatterns, {
    ...{ fourBySix: w.newId(), threeByEight, twoByTwelve: w.newId(), dayOnly: w.newId(), standby: w.newId() },
  })
  const line = { patternId: threeByEight, heads: 2, beginsOn: '2021-10-24', endsOn: '2021-11-30' }
  await zhou.does(setDemands, {
    lines: [{ demandId: w.newId(), postId: gate, bands: ['early', 'late', 'night'], ...line }],
  })
  return {
    ...{ operationId, station, traffic, gate, checkpoint, zhou },
    zheng: w.person('郑例二', ['dutyOfficer']),
    han: w.person('韩样九', ['unitLeader'], { unitIds: [station] }),
    feng: w.person('冯样三', ['officer'], { unitIds: [station] }),
  }
}

/** As long as a real one: a plate or the text of a code, sealed (decision 0010). */
export const sealedBox = (kind: 'plate' | 'healthCode', n = 0) => ({
  kind,
  box: `box:1:${'B'.repeat(86)}${n % 10}:${'x'.repeat(kind === 'plate' ? 51 : 140)}`,
})

export const passing = (postId: string, more: Record<string, unknown> = {}) => ({
  ...{ postId, passer: 'vehicle', direction: 'in', people: 2, temperature: 365, codeShown: 'green' },
  ...{ disinfected: false, verdict: 'pass', reason: null, rulesVersion: 0, passToken: 'k'.repeat(43) },
  boxes: [sealedBox('plate'), sealedBox('healthCode')],
  ...more,
})

/** An entry as a phone sends it; `over` for what its clock or its app did. */
export const encounter = (
  w: World,
  postId: string,
  more: Record<string, unknown> = {},
  over: Partial<{ id: string; occurredAt: string; version: number }> = {},
) => ({ ...w.entry(noteEncounter, passing(postId, more)), ...over })
