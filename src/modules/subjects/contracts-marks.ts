// What identifies somebody, made equal however it was written down. Read by server and phone alike.

export const valueKinds = ['healthCode', 'plate', 'permit', 'name', 'idNumber', 'phone'] as const
export type ValueKind = (typeof valueKinds)[number]
export type MarkKind = Exclude<ValueKind, 'name'>
/** The strongest first. A name is not among them: it never identifies alone. */
export const markKinds = ['idNumber', 'plate', 'permit', 'healthCode', 'phone'] as const satisfies MarkKind[]

const plain = (text: string) => text.normalize('NFKC').trim()
const packed = (text: string) =>
  plain(text)
    .replace(/[\s·•.・-]/gu, '')
    .toUpperCase()

/**
 * The one spelling under which a mark is found, or null where the text identifies nobody: an ID number that its own
 * check digit denies, a plate or phone number that is none, a permit without a digit ("无").
 */
export function normalised(kind: MarkKind, text: string): string | null {
  if (kind === 'idNumber') {
    const id = packed(text)
    return rightIdNumber(id) ? id : null
  }
  if (kind === 'plate') {
    const plate = packed(text)
    return /^[\p{Script=Han}A-Z0-9]{5,10}$/u.test(plate) && /\d/.test(plate) ? plate : null
  }
  if (kind === 'phone') {
    const phone = packed(text)
      .replace(/[()]/g, '')
      .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '')
    return /^1\d{10}$/.test(phone) ? phone : null
  }
  const code = text.trim()
  return code.length >= 4 && /\d/.test(code) ? code : null
}

/** A name as it is kept: equal spellings once. */
export const namedAlike = (name: string) => plain(name).replace(/\s+/gu, ' ')

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643: seventeen digits, a day of birth that is one, and the check digit of ISO 7064 MOD 11-2. */
function rightIdNumber(id: string): boolean {
  const parts = /^[1-9]\d{5}((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[\dX]$/.exec(id)
  if (!parts) return false
  const born = new Date(`${parts[1]}-${parts[2]}-${parts[3]}T00:00:00Z`)
  if (Number.isNaN(born.getTime()) || born.getUTCDate() !== Number(parts[3])) return false
  const sum = weights.reduce((total, weight, at) => total + weight * Number(id[at]), 0)
  return '10X98765432'[sum % 11] === id[17]
}
