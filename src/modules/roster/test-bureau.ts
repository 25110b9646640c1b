// The bureau that the tests of this module work in: a zone gate in four bands, a checkpoint in three, standby for
// 24 hours, and enough officers to fill them.
import type { Person, World } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { openOperation } from '../operations/contracts.ts'
import { operations } from '../operations/index.ts'
import { addOfficer, addUnit, grantSkill } from '../people/contracts.ts'
import { people } from '../people/index.ts'
import { addPost, defineStandardPatterns, openZone, setDemands } from '../posts/contracts.ts'
import { posts } from '../posts/index.ts'
import { solveInput } from './contracts.ts'
import { roster } from './index.ts'
import type { SheetView } from './sheet-parts.ts'
import type { SolveResult } from './solve-task.ts'

export const modules = [access, operations, people, posts, roster]

const surnames = ['周', '郑', '冯', '陈', '褚', '卫', '蒋', '沈', '韩', '杨', '朱', '秦']
const middles = ['示', '例', '样']
const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

export interface Bureau {
  operationId: string
  unitId: string
  zoneId: string
  gate: string
  checkpoint: string
  standby: string
  patterns: Record<'fourBySix' | 'threeByEight' | 'twoByTwelve' | 'dayOnly' | 'standby', string>
  officers: string[]
  firstDay: string
  lastDay: string
}

export async function bureau(w: World, zhou: Person, officerCount = 30): Promise<Bureau> {
  const [operationId, unitId] = [w.newId(), w.newId()]
  await zhou.does(openOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn: '2021-10-24' })
  const unit = { kind: 'station', parentId: null, place: null } as const
  await zhou.does(addUnit, { ...unit, unitId, name: '城东派出所', shortName: '城东所', sort: 1 })
  const patterns = {
    fourBySix: w.newId(),
    threeByEight: w.newId(),
    twoByTwelve: w.newId(),
    dayOnly: w.newId(),
    standby: w.newId(),
  }
  await zhou.does(defineStandardPatterns, patterns)
  const places = await somePosts(w, zhou, operationId, unitId)
  await someDemand(w, zhou, places, patterns)
  const officers = await someOfficers(w, zhou, unitId, officerCount)
  return { operationId, unitId, ...places, patterns, officers, firstDay: '2021-11-04', lastDay: '2021-11-10' }
}

type Places = Pick<Bureau, 'zoneId' | 'gate' | 'checkpoint' | 'standby'>

async function somePosts(w: World, zhou: Person, operationId: string, unitId: string): Promise<Places> {
  const zoneId = w.newId()
  await zhou.does(openZone, {
    operationId,
    zoneId,
    name: '城东花园',
    kind: 'sealed',
    orderNumber: '青防指〔2021〕7号',
    approver: '周示一',
    beginsAt: '2021-10-25T00:00:00Z',
    plannedEndAt: '2021-11-20T00:00:00Z',
  })
  const [gate, checkpoint, standby] = [w.newId(), w.newId(), w.newId()]
  const post = { operationId, unitId }
  await zhou.does(addPost, {
    ...post,
    postId: gate,
    code: 'FK-01',
    name: '东门封控点',
    kind: 'zoneGate',
    zoneId,
  })
  await zhou.does(addPost, {
    ...post,
    postId: checkpoint,
    code: 'KK-01',
    name: '青禾北卡口',
    kind: 'checkpoint',
  })
  await zhou.does(addPost, { ...post, postId: standby, code: 'BQ-01', name: '机动备勤', kind: 'reserve' })
  return { zoneId, gate, checkpoint, standby }
}

async function someDemand(
  w: World,
  zhou: Person,
  places: Places,
  patterns: Bureau['patterns'],
): Promise<void> {
  const span = { beginsOn: '2021-10-24', endsOn: '2021-11-30' }
  const four = ['morning', 'afternoon', 'evening', 'night']
  const atGate = { postId: places.gate, patternId: patterns.fourBySix, bands: four }
  const atCheckpoint = { postId: places.checkpoint, patternId: patterns.threeByEight }
  await zhou.does(setDemands, {
    lines: [
      { demandId: w.newId(), ...atGate, heads: 2, ...span },
      { demandId: w.newId(), ...atGate, skill: 'leader', heads: 1, ...span },
      {
        demandId: w.newId(),
        ...atCheckpoint,
        bands: ['early', 'late', 'night'],
        heads: 1,
        priority: 1,
        ...span,
      },
      {
        demandId: w.newId(),
        postId: places.standby,
        patternId: patterns.standby,
        bands: ['whole'],
        heads: 1,
        ...span,
      },
    ],
  })
}

/** Every second one may lead. */
async function someOfficers(w: World, zhou: Person, unitId: string, count: number): Promise<string[]> {
  const officers: string[] = []
  for (let at = 0; at < count; at += 1) {
    const officerId = w.newId()
    officers.push(officerId)
    await zhou.does(addOfficer, {
      officerId,
      unitId,
      badge: String(990100 + at),
      name: `${surnames[at % 12]}${middles[at % 3]}${numerals[Math.floor(at / 12) % 10]}`,
      kind: 'police',
    })
  }
  const leaders = officers.filter((_id, at) => at % 2 === 0)
  if (leaders.length > 0) await zhou.does(grantSkill, { officerIds: leaders, skill: 'leader' })
  return officers
}

/** Runs the task as the person, as the page would. */
export async function solves(
  w: World,
  person: Person,
  input: Record<string, unknown>,
  control: { cancelAfterMs?: number; seen?: unknown[] } = {},
): Promise<SolveResult> {
  const task = w.kernel.registry.tasks.get('roster.solve')
  if (!task) throw new Error('the task is not registered')
  const abort = new AbortController()
  if (control.cancelAfterMs !== undefined) setTimeout(() => abort.abort(), control.cancelAfterMs)
  const found = await task.run(solveInput.parse(input), await w.kernel.reader(person.actor), {
    taskId: w.newId(),
    signal: abort.signal,
    progress: step => {
      if (step.best) control.seen?.push(step.best)
    },
  })
  return found as SolveResult
}

/** What the page sends to adopt what the task found. */
export const adoption = (planId: string, found: SolveResult, more: Record<string, unknown> = {}) => ({
  planId,
  operationId: found.operationId,
  fromDay: found.fromDay,
  untilDay: found.untilDay,
  matrix: found.matrix,
  open: found.open,
  solver: found.solver,
  voucher: found.voucher,
  basedOn: found.basedOn,
  ...more,
})

/**
 * Who stands where on the sheet of a week by post, read off it as a person reads it: `post|day|band|name`, one for
 * each band worked, sorted.
 */
export function standingOn(view: SheetView): string[] {
  const days = view.columns.map(one => one.key).filter(key => /^\d{4}-/.test(key))
  const weekday = (day: string) => '日一二三四五六'[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
  const found: string[] = []
  for (const row of view.rows) {
    const manned = days.filter(day => !['休', '他', '—', '/'].includes(String(row[day])))
    for (const text of [row.leader, row.police, row.auxiliary].flatMap(list => String(list).split('、'))) {
      const [, name = '', on] = /^([^(]+)(?:\(([^)]+)\))?$/.exec(text) ?? []
      for (const day of manned.filter(one => name !== '' && (!on || on.includes(weekday(one))))) {
        for (const band of String(row[day])) found.push(`${row.post}|${day}|${band}|${name}`)
      }
    }
  }
  return found.sort()
}
