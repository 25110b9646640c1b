// A short tone, made on the spot: no file, and never before somebody has touched the page, since a browser would
// refuse it and a room full of desks would sound at every reload.
import type { Severity } from '../kernel/books/contracts.ts'

/** Hertz and seconds, one after another: red rises twice, amber is one. */
const notes: Record<Severity, readonly (readonly [hertz: number, seconds: number])[]> = {
  red: [
    [880, 0.12],
    [1_175, 0.12],
    [880, 0.12],
    [1_175, 0.18],
  ],
  amber: [[660, 0.2]],
}
const loudness = 0.2
/** Without a slope at its ends a tone clicks. */
const slope = 0.015

let touched = false
let context: AudioContext | undefined

/** Listens for the first touch of the page; gives a way to stop listening. */
export function awaitTouch(): () => void {
  const touch = () => {
    touched = true
  }
  const kinds = ['pointerdown', 'keydown'] as const
  for (const kind of kinds) window.addEventListener(kind, touch, { capture: true, once: true })
  return () => {
    for (const kind of kinds) window.removeEventListener(kind, touch, { capture: true })
  }
}

/** Plays the tone of a severity; false where nobody has touched the page yet, or the browser makes no sound. */
export async function playTone(severity: Severity): Promise<boolean> {
  if (!touched || typeof AudioContext === 'undefined') return false
  context ??= new AudioContext()
  if (context.state === 'suspended') await context.resume()
  let at = context.currentTime + 0.02
  for (const [hertz, seconds] of notes[severity]) {
    const tone = context.createOscillator()
    const gain = context.createGain()
    tone.frequency.value = hertz
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(loudness, at + slope)
    gain.gain.setValueAtTime(loudness, at + seconds - slope)
    gain.gain.linearRampToValueAtTime(0, at + seconds)
    tone.connect(gain).connect(context.destination)
    tone.start(at)
    tone.stop(at + seconds)
    at += seconds + 0.04
  }
  return true
}
