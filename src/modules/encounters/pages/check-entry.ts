// What stands on the check screen before it is saved. Pure: taps in, an entry out.
import type { InputOf } from '../../../kernel/contract.ts'
import { type noteEncounter, type PostRules, tenths } from '../contracts.ts'
import type {
  BoxKind,
  CodeShown,
  Direction,
  EncounterVerdict,
  PasserKind,
  VerdictReason,
} from '../contracts-words.ts'
import { codesShown, directions } from '../contracts-words.ts'

export interface Entry {
  passer: PasserKind
  direction: Direction
  people: number
  /** Digits of the temperature as typed: 3, 36, 365. */
  digits: string
  codeShown: CodeShown
  disinfected: boolean
  /** Plate, code or number that was scanned or typed, normalised; '' for none. */
  mark: string
}

export const peopleMost = 200
/** A code that is longer than this is not one of ours. */
export const markMost = 512
const digitsMost = 3

/** The next one is usually like the last: direction and disinfection stay, what belongs to the passer goes. */
export function freshEntry(rules: PostRules, last?: Entry): Entry {
  return {
    passer: last?.passer ?? 'vehicle',
    direction: last?.direction ?? 'in',
    people: 1,
    digits: '',
    codeShown: rules.asksCode ? 'green' : 'notAsked',
    disinfected: rules.asksDisinfection && (last?.disinfected ?? true),
    mark: '',
  }
}

/** After three digits the next one begins a new temperature: whoever mistyped types again. */
export function typed(entry: Entry, digit: string): Entry {
  return { ...entry, digits: entry.digits.length >= digitsMost ? digit : entry.digits + digit }
}

function after<T>(list: readonly T[], one: T): T {
  return list[(list.indexOf(one) + 1) % list.length]!
}
export const nextCode = (entry: Entry): Entry => ({ ...entry, codeShown: after(codesShown, entry.codeShown) })
export const nextDirection = (entry: Entry): Entry => ({
  ...entry,
  direction: after(directions, entry.direction),
})

/** Tenths of a degree; null while it is not whole, or none that a thermometer shows. */
export function temperatureOf({ digits }: Entry): number | null {
  const value = Number(digits)
  return digits.length === digitsMost && tenths.safeParse(value).success ? value : null
}

export type Standing = 'empty' | 'typing' | 'implausible' | 'normal' | 'fever'

export function standingOf(entry: Entry, rules: PostRules): Standing {
  if (entry.digits === '') return 'empty'
  if (entry.digits.length < digitsMost) return 'typing'
  const value = temperatureOf(entry)
  if (value === null) return 'implausible'
  return value >= rules.feverTenths ? 'fever' : 'normal'
}

/** Whether letting pass can be saved; every other way out of the screen is always open. */
export function isWhole(entry: Entry, rules: PostRules): boolean {
  const standing = standingOf(entry, rules)
  return standing === 'normal' || (standing === 'empty' && !rules.asksTemperature)
}

/** One spelling of what the camera, the keys and a card may give; '' when nothing is left. */
export function normalMark(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s·•.\-—]/g, '')
}

const plate = /^\p{Script=Han}[A-Z][A-Z0-9]{5,6}$/u
const idNumber = /^[1-9]\d{16}[\dX]$/
const phone = /^1\d{10}$/

export const isPlate = (mark: string): boolean => plate.test(mark)

export function kindOfMark(mark: string): BoxKind {
  if (isPlate(mark)) return 'plate'
  if (idNumber.test(mark)) return 'idNumber'
  if (phone.test(mark)) return 'phone'
  return 'healthCode'
}

/** 示A·00001; of everything else only the last four, for the screen is seen by the queue. */
export function shownMark(mark: string): string {
  if (isPlate(mark)) return `${mark.slice(0, 2)}·${mark.slice(2)}`
  return mark.length > 4 ? `…${mark.slice(-4)}` : mark
}

export type EncounterInput = InputOf<typeof noteEncounter>
type Decided = Pick<EncounterInput, 'postId' | 'rulesVersion' | 'passToken' | 'boxes'> & {
  verdict: EncounterVerdict
  reason: VerdictReason | null
}

export function inputOf(entry: Entry, decided: Decided): EncounterInput {
  const { passer, direction, people, codeShown, disinfected } = entry
  return {
    passer,
    direction,
    people,
    codeShown,
    disinfected,
    temperature: temperatureOf(entry),
    ...decided,
  }
}
