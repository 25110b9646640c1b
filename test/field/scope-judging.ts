// Whether an answer shows what lies outside the scope of who asked. Pure.

export interface Viewer {
  /** Its number, as it stands in the marks. */
  agency: number
  /** The number of the unit that the account is bound to; null: the whole agency. */
  unit: number | null
}

export interface Owned {
  /** Whose an id is. */
  agencyOf: Map<string, number>
  /** Ids that commands of others may name, and which then rightly stand in their own books: not looked at. */
  spoken: Map<string, number>
  /** Ids by the column that they stand in, and by agency. */
  byColumn: Map<string, Map<number, string[]>>
  /** Of how many tables there are rows. */
  tables: number
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
// In brackets: keys and tokens in base64 hold any letters.
const marks = /〔Q(\d)(?:U(\d))?〕/g

export interface Seen {
  leaks: string[]
  /** Marks and ids of the viewer's own agency: without any, nothing was looked at. */
  own: number
}

/** `asked`: what was sent, whose ids may come back with it. */
export function seenIn(answer: string, asked: string, viewer: Viewer, { agencyOf }: Owned): Seen {
  const seen: Seen = { leaks: [], own: 0 }
  for (const [id] of answer.matchAll(uuids)) {
    const agency = agencyOf.get(id)
    if (agency === viewer.agency) seen.own += 1
    else if (agency !== undefined && !asked.includes(id)) seen.leaks.push(`an id of agency ${agency}`)
  }
  for (const [mark, agency, unit] of answer.matchAll(marks)) {
    if (Number(agency) !== viewer.agency) seen.leaks.push(`${mark} of another agency`)
    else if (unit && viewer.unit !== null && Number(unit) !== viewer.unit)
      seen.leaks.push(`${mark} of another unit`)
    else seen.own += 1
  }
  return seen
}
