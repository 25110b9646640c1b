// From what was counted to the figures that a page shows: names of hours, days of the calendar, spread instead of
// people, and what differs from the published roster.
import { addDays } from '../../kernel/time.ts'
import { type Figures, figureLinesMost } from './contracts.ts'
import { publishedDays, type RosterInputs } from './inputs.ts'
import { type Duty, sameDuty } from './matrix.ts'
import type { BuiltProblem } from './problem.ts'
import { type Counted, type CountedBand } from './what-if-count.ts'
import type { WhatIfMessage } from './what-if-worker.ts'

type Done = Extract<WhatIfMessage, { type: 'done' }>

export interface Change {
  officerId: string
  name: string
  day: string
  before: Duty | null
  after: Duty | null
}

/** Officer's days of the span that would differ from the published roster as it stands in the books. */
export function changesAgainst(
  live: RosterInputs,
  dutyAt: (officerId: string) => (day: number) => Duty | null,
): Change[] | null {
  const changes: Change[] = []
  let published = false
  for (const { officerId, name } of live.officers) {
    const [was, is] = [publishedDays(live, officerId), dutyAt(officerId)]
    for (let day = 0; day < live.days; day += 1) {
      const [before, after] = [was(day), is(day)]
      if (before) published = true
      if (!sameDuty(before, after))
        changes.push({ officerId, name, day: addDays(live.fromDay, day), before, after })
    }
  }
  return published ? changes : null
}

export interface Told {
  built: BuiltProblem
  done: Pick<Done, 'counted' | 'open'>
  changes: readonly Change[] | null
  supposed: ReadonlySet<string>
}

export function figuresOf({ built, done, changes, supposed }: Told): Figures {
  const { inputs } = built
  const { counted } = done
  const changed = new Map<string, number>()
  for (const { day } of changes ?? []) changed.set(day, (changed.get(day) ?? 0) + 1)
  const days = counted.days.map((one, at) => {
    const day = addDays(inputs.fromDay, at)
    return { day, ...one, changed: changes && (changed.get(day) ?? 0) }
  })
  return {
    fromDay: inputs.fromDay,
    untilDay: inputs.untilDay,
    officers: inputs.officers.length,
    days,
    bands: counted.bands.map(band => namedBand(inputs, band)),
    skills: counted.skills,
    hours: spreadOf(counted.minutes.map(minutes => Math.round(minutes / 6) / 10)),
    nights: spreadOf(counted.nights),
    open: days.reduce((sum, one) => sum + one.open, 0),
    lines: linesOf(built, done.open, supposed),
    changes: changes && {
      cells: changes.length,
      officers: new Set(changes.map(one => one.officerId)).size,
    },
    spare: spareOf(days),
  }
}

function namedBand(inputs: RosterInputs, { start, end, pattern, band, ...lists }: CountedBand) {
  const named = inputs.patterns.get(pattern)?.bands.find(one => one.key === band)
  return { from: start, minutes: end - start, zh: named?.zh ?? band, en: named?.en ?? band, ...lists }
}

/** Places that stay open, first day first; of a long list those are told that a person reads. */
function linesOf(built: BuiltProblem, open: Done['open'], supposed: ReadonlySet<string>): Figures['lines'] {
  const { inputs } = built
  return [...open]
    .sort((a, b) => a.day - b.day || (a.post < b.post ? -1 : a.post > b.post ? 1 : 0))
    .slice(0, figureLinesMost)
    .map(line => {
      const [postId = '', patternId = ''] = line.post.split(' ')
      const band = inputs.patterns.get(patternId)?.bands.find(one => one.key === line.band)
      return {
        postName: inputs.posts.get(postId)?.name ?? '',
        supposed: supposed.has(postId),
        day: addDays(inputs.fromDay, line.day),
        bandZh: band?.zh ?? line.band,
        bandEn: band?.en ?? line.band,
        skill: line.skill,
        missing: line.missing,
        reason: line.reason,
      }
    })
}

export function spreadOf(values: readonly number[]): Figures['hours'] {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
  return { median: at(0.5), p90: at(0.9), most: sorted.at(-1) ?? 0 }
}

function spareOf(days: Figures['days']): Figures['spare'] {
  let spare: Figures['spare'] = null
  for (const { needed, free, day } of days) {
    if (needed > 0 && (spare === null || free < spare.people)) spare = { people: free, day }
  }
  return spare
}
