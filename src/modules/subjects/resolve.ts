// Whose is a fact: worked out in memory for a batch, from marks that are known and without any database. A vehicle and
// the people in it are two subjects, since a plate says nothing of who drives.
import { derivedId } from '../../kernel/ids.ts'
import type { ClaimedMark, FoundMark } from '../../kernel/marks.ts'
import { markKinds, namedAlike, normalised, type MarkKind, type ValueKind } from './contracts-marks.ts'
import type { LinkKind, SubjectKind } from './contracts-words.ts'

export interface ClearValue {
  kind: ValueKind
  text: string
}
export interface ClearFact {
  factId: string
  values: ClearValue[]
}
/** A value of a fact with its mark, null where it identifies nobody by itself. */
export interface MarkedValue extends ClearValue {
  mark: string | null
}

export interface Claim extends ClaimedMark {
  text: string
  valueKind: ValueKind
}
export interface Resolved {
  /** The subject that each fact is about. */
  subjectOf: Map<string, string>
  /** Everybody whom the facts name. */
  subjects: Map<string, SubjectKind>
  claims: Claim[]
  links: { subjectId: string; otherId: string; kind: LinkKind; factId: string }[]
  /** Values whose marks were known already, as they would stand. */
  known: { valueId: string; subjectId: string; kind: ValueKind; text: string }[]
}
export type MarkMaker = (...parts: string[]) => string

/** The mark under which a value is found in any fact. */
export function markedValue(mark: MarkMaker, { kind, text }: ClearValue): MarkedValue {
  const spelling = kind === 'name' ? null : normalised(kind, text)
  const kept = kind === 'name' ? namedAlike(text) : (spelling ?? text.trim())
  return { kind, text: kept, mark: spelling === null ? null : mark(kind, spelling) }
}

const strength = (kind: ValueKind) => (kind === 'name' ? markKinds.length : markKinds.indexOf(kind))
const definite: Partial<Record<ValueKind, SubjectKind>> = {
  plate: 'vehicle',
  idNumber: 'person',
  healthCode: 'person',
  phone: 'person',
}

/** What a fact tells of its vehicle, and what of its people. A permit is the vehicle's where there is one. */
function groupsOf(values: readonly MarkedValue[]): MarkedValue[][] {
  const hasPlate = values.some(one => one.kind === 'plate')
  const hasPerson = values.some(one => definite[one.kind] === 'person')
  const isOfVehicle = ({ kind }: MarkedValue) =>
    kind === 'plate' || (hasPlate && (kind === 'permit' || (kind === 'name' && !hasPerson)))
  const groups = [values.filter(isOfVehicle), values.filter(one => !isOfVehicle(one))]
  const sorted = groups.map(group => [...group].sort((a, b) => strength(a.kind) - strength(b.kind)))
  return sorted.filter(group => group.length > 0)
}

/** Works through facts in their order; what one of them makes known, the next one finds. */
export class Resolver {
  readonly resolved: Resolved = {
    subjectOf: new Map(),
    subjects: new Map(),
    claims: [],
    links: [],
    known: [],
  }
  private readonly mark: MarkMaker
  private readonly marks: Map<string, FoundMark>
  private readonly idMarks = new Map<string, string>()

  constructor(mark: MarkMaker, known: readonly FoundMark[]) {
    this.mark = mark
    this.marks = new Map(known.map(one => [one.mark, one]))
    for (const { subjectId, idMark } of known) if (idMark !== null) this.idMarks.set(subjectId, idMark)
  }

  add(factId: string, values: readonly MarkedValue[]): void {
    const groups = groupsOf(values).map(group => ({ strongest: group[0]!, ...this.subjectOf(factId, group) }))
    groups.sort((a, b) => strength(a.strongest.kind) - strength(b.strongest.kind))
    const [main, ...others] = groups
    if (!main) return
    this.resolved.subjectOf.set(factId, main.subjectId)
    for (const { subjectId } of others) this.link(main.subjectId, subjectId, 'together', factId)
  }

  private subjectOf(factId: string, group: readonly MarkedValue[]): { subjectId: string } {
    const kind = this.kindOf(group)
    const idMark = group.find(one => one.kind === 'idNumber' && one.mark !== null)?.mark ?? null
    const joined = group
      .map(one => this.known(one))
      .find(found => {
        if (found?.subjectKind !== kind) return false
        const theirs = this.idMarks.get(found.subjectId) ?? null
        // One person has one ID number: a phone that two of them give makes them no one.
        return idMark === null || theirs === null || theirs === idMark
      })
    const subjectId = joined?.subjectId ?? derivedId(factId, `subject ${kind}`)
    this.resolved.subjects.set(subjectId, kind)
    group.forEach((value, n) => this.value(factId, `mark ${kind} ${n}`, value, subjectId, kind))
    return { subjectId }
  }

  private kindOf(group: readonly MarkedValue[]): SubjectKind {
    const sure = group.find(one => definite[one.kind])
    if (sure) return definite[sure.kind] ?? 'person'
    const found = group.map(one => this.known(one)).find(one => one !== undefined)
    return found?.subjectKind === 'vehicle' ? 'vehicle' : 'person'
  }

  private known({ mark }: MarkedValue): FoundMark | undefined {
    return mark === null ? undefined : this.marks.get(mark)
  }

  private value(
    factId: string,
    label: string,
    { kind, text, mark }: MarkedValue,
    subjectId: string,
    subjectKind: SubjectKind,
  ): void {
    // What identifies nobody has a mark that only whoever knows the subject could find, so that it is kept once.
    const own = mark ?? this.mark('own', subjectId, kind, text)
    const found = this.marks.get(own)
    if (found && found.subjectId !== subjectId) {
      this.resolved.subjects.set(found.subjectId, found.subjectKind as SubjectKind)
      this.link(subjectId, found.subjectId, 'sharedMark', factId)
      return
    }
    if (found) {
      this.resolved.known.push({ valueId: found.markId, subjectId, kind, text })
      return
    }
    const markId = derivedId(factId, label)
    const markKind: MarkKind | 'own' = mark === null || kind === 'name' ? 'own' : kind
    this.resolved.claims.push({
      mark: own,
      markId,
      subjectId,
      subjectKind,
      kind: markKind,
      text,
      valueKind: kind,
    })
    if (markKind === 'idNumber') this.idMarks.set(subjectId, own)
    this.marks.set(own, { mark: own, markId, subjectId, idMark: null, subjectKind })
  }

  private link(subjectId: string, otherId: string, kind: LinkKind, factId: string): void {
    const before = this.resolved.links.some(
      one => one.subjectId === subjectId && one.otherId === otherId && one.kind === kind,
    )
    if (!before && subjectId !== otherId) this.resolved.links.push({ subjectId, otherId, kind, factId })
  }
}
