// What every reader of a format gives, and small ways to read bytes.

export interface Size {
  width: number
  height: number
}

/** The picture without what is told beside it; null where it is not whole. */
export type Cleaned = { parts: Uint8Array[]; size: Size } | null

export const u16 = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
export const u32 = (bytes: Uint8Array, at: number) => u16(bytes, at) * 65_536 + u16(bytes, at + 2)
export const u24le = (bytes: Uint8Array, at: number) =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
export const u32le = (bytes: Uint8Array, at: number) => u24le(bytes, at) + (bytes[at + 3] ?? 0) * 16_777_216

/** ASCII at a place. */
export const says = (bytes: Uint8Array, at: number, text: string) => {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false
  }
  return true
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
