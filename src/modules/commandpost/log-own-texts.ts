// The same for what happens in this module: directives and difficulties.
import type { InputOf } from '../../kernel/contract.ts'
import type { SystemHands } from '../../kernel/module.ts'
import {
  type chaseDirective,
  type confirmDifficulty,
  type DifficultyKind,
  difficultyKindTitles,
  type escalateDifficulty,
  type issueDirective,
  type Owner,
  ownerTitles,
  type passDirective,
  type raiseDifficulty,
  type reviewDirective,
  type Urgency,
  urgencyTitles,
  type withdrawDirective,
} from './contracts.ts'
import { type AddresseeRow, addresseesOf, type DirectiveRow, needDirective } from './directive-reads.ts'
import { type DifficultyRow, needDifficulty } from './difficulty-reads.ts'
import { dutyLeadersAt } from './duty-leader.ts'
import type { Happened, Telling } from './follow-ups.ts'
import { commandpostDb, postNames, unitsOf } from './lower.ts'

const namesMost = 8

interface FoundDirective {
  row: DirectiveRow
  addressees: AddresseeRow[]
  /** The first of those addressed, by name, in the order of protocol. */
  to: { zh: string; en: string }
}

async function directiveOf(hands: SystemHands, directiveId: string): Promise<FoundDirective> {
  const { agencyId } = hands.agency
  return hands.read(async anyDb => {
    const db = commandpostDb(anyDb)
    const row = await needDirective(db, agencyId, directiveId)
    const addressees = await addresseesOf(db, agencyId, directiveId)
    const units = await unitsOf(db, agencyId)
    const posts = await postNames(db, agencyId, [row.operation_id])
    const place = [...units.keys()]
    const names = [...addressees]
      .sort((a, b) => place.indexOf(a.unit_id) - place.indexOf(b.unit_id))
      .map(one => posts.get(one.post_id ?? '') ?? units.get(one.unit_id)?.shortName ?? '')
    const shown = names.slice(0, namesMost).join('、')
    const more = names.length - namesMost
    return {
      row,
      addressees,
      to:
        more > 0
          ? { zh: `${shown}等 ${names.length} 家`, en: `${shown} and ${more} more` }
          : { zh: shown, en: shown },
    }
  })
}

const about = ({ row }: FoundDirective): Omit<Telling, 'zh' | 'en'> => ({
  operationId: row.operation_id,
  kind: 'order',
  directiveId: row.directive_id,
  unitId: row.issuer_unit_id,
})
const named = ({ row }: FoundDirective) => ({
  zh: `${row.number}《${row.title}》`,
  en: `${row.number} ${row.title}`,
})

export async function directiveIssued({
  hands,
  input,
}: Happened<InputOf<typeof issueDirective>>): Promise<Telling[]> {
  const found = await directiveOf(hands, input.directiveId)
  const name = named(found)
  const [zh, en] =
    input.source === 'above' ? ['接上级指令', 'Directive from above'] : ['下达指令', 'Directive']
  return [
    {
      ...about(found),
      zh: `${zh}${name.zh}(${input.fromWhom})，承办：${found.to.zh}。`,
      en: `${en} ${name.en} (${input.fromWhom}), to ${found.to.en}.`,
    },
  ]
}

export async function directivePassed({
  hands,
  input,
}: Happened<InputOf<typeof passDirective>>): Promise<Telling[]> {
  const found = await directiveOf(hands, input.directiveId)
  const name = named(found)
  return [
    {
      ...about(found),
      zh: `转派${name.zh}至${found.to.zh}。`,
      en: `${name.en} passed down to ${found.to.en}.`,
    },
  ]
}

/** A reminder is nothing for the log; supervision with a number is. */
export async function directiveSupervised({
  hands,
  input,
}: Happened<InputOf<typeof chaseDirective>>): Promise<Telling[]> {
  if (input.number === null) return []
  const found = await directiveOf(hands, input.directiveId)
  const name = named(found)
  const many = input.addresseeIds.length
  return [
    {
      ...about(found),
      zh: `督办(${input.number})${name.zh}，${many} 家承办单位。`,
      en: `Supervision (${input.number}) of ${name.en}, ${many === 1 ? '1 addressee' : `${many} addressees`}.`,
    },
  ]
}

/** Told once, when the last addressee is done. */
export async function directiveCompleted({
  hands,
  input,
  at,
}: Happened<InputOf<typeof reviewDirective>>): Promise<Telling[]> {
  if (input.verdict !== 'complete') return []
  const directiveId = await hands.read(async db => {
    const row = await commandpostDb(db)
      .selectFrom('directive_addressee')
      .select('directive_id')
      .where('agency_id', '=', hands.agency.agencyId)
      .where('addressee_id', '=', input.addresseeId)
      .executeTakeFirstOrThrow()
    return row.directive_id
  })
  const found = await directiveOf(hands, directiveId)
  if (found.row.completed_at !== at) return []
  const name = named(found)
  return [{ ...about(found), zh: `${name.zh}全部办结。`, en: `${name.en} is completed.` }]
}

export async function directiveWithdrawn({
  hands,
  input,
}: Happened<InputOf<typeof withdrawDirective>>): Promise<Telling[]> {
  const found = await directiveOf(hands, input.directiveId)
  const name = named(found)
  return [
    { ...about(found), zh: `撤回${name.zh}。${input.reason}`, en: `${name.en} withdrawn. ${input.reason}` },
  ]
}

async function difficultyOf(hands: SystemHands, difficultyId: string) {
  const { agencyId } = hands.agency
  return hands.read(async anyDb => {
    const db = commandpostDb(anyDb)
    const row = await needDifficulty(db, agencyId, difficultyId)
    const posts = await postNames(db, agencyId, [row.operation_id])
    return { row, post: posts.get(row.post_id) ?? '' }
  })
}

function aboutDifficulty(row: DifficultyRow, zh: string, en: string): Telling {
  return {
    operationId: row.operation_id,
    kind: 'report',
    difficultyId: row.difficulty_id,
    postId: row.post_id,
    unitId: row.unit_id,
    zh,
    en,
  }
}
const kindOf = (row: DifficultyRow) => difficultyKindTitles[row.kind as DifficultyKind]

/** Only urgent ones: the log is of what matters, and the others have a list of their own. */
export async function difficultyRaised({
  hands,
  input,
}: Happened<InputOf<typeof raiseDifficulty>>): Promise<Telling[]> {
  if (input.urgency !== 'urgent') return []
  const { row, post } = await difficultyOf(hands, input.difficultyId)
  const kind = kindOf(row)
  const urgency = urgencyTitles[row.urgency as Urgency]
  return [
    aboutDifficulty(
      row,
      `${post}上报${kind.zh}困难(${urgency.zh})。${row.text}`,
      `${post} raised a difficulty: ${kind.en.toLowerCase()} (${urgency.en.toLowerCase()}). ${row.text}`.trim(),
    ),
  ]
}

export async function difficultyWentUp({
  hands,
  input,
  at,
}: Happened<InputOf<typeof escalateDifficulty>>): Promise<Telling[]> {
  const { row, post } = await difficultyOf(hands, input.difficultyId)
  const kind = kindOf(row)
  const owner: Owner = input.from === 'unit' ? 'dutyOfficer' : 'dutyLeader'
  const to = ownerTitles[owner]
  const [leader] =
    owner === 'dutyLeader'
      ? await hands.read(db => dutyLeadersAt(commandpostDb(db), hands, row.operation_id, [at]))
      : []
  return [
    aboutDifficulty(
      row,
      `${post}${kind.zh}困难超时，上提至${to.zh}${leader?.name ?? ''}。`,
      `${post}: ${kind.en.toLowerCase()} went up to the ${to.en.toLowerCase()}${leader ? `, ${leader.name}` : ''}.`,
    ),
  ]
}

export async function difficultyClosed({
  hands,
  input,
}: Happened<InputOf<typeof confirmDifficulty>>): Promise<Telling[]> {
  const { row, post } = await difficultyOf(hands, input.difficultyId)
  if (row.urgency !== 'urgent' && row.owner === 'unit') return []
  const kind = kindOf(row)
  return [
    aboutDifficulty(
      row,
      `${post}确认${kind.zh}困难已解决，销号。`,
      `${post} confirmed: ${kind.en.toLowerCase()} solved.`,
    ),
  ]
}
