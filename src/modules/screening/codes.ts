// Codes as scanners give them: read, or told of in words.
import { readCode, screeningProblems } from './contracts.ts'

export function needCode(scanned: string): string {
  const read = readCode(scanned)
  if ('code' in read) return read.code
  throw screeningProblems.codeUnreadable({ length: scanned.length })
}

/** Each once. */
export function needCodes(scanned: readonly string[]): string[] {
  const codes = new Set<string>()
  for (const one of scanned) {
    const code = needCode(one)
    if (codes.has(code)) throw screeningProblems.codeTwice({ code })
    codes.add(code)
  }
  return [...codes]
}
