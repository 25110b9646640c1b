/** A start or a word of the command line that cannot go on: what is wrong and what to do, in both languages. */
export function refused(en: string, zh: string, cause?: unknown): Error {
  return new Error(`${en}\n${zh}`, cause === undefined ? undefined : { cause })
}

const beforeReady =
  'Stopped before it was ready. The next start goes on from here.\n启动中途停止；下次启动会接着进行。'

/** Somebody asked the process to end before its work was done. Nothing is wrong. */
export class Interrupted extends Error {
  constructor(text = beforeReady) {
    super(text)
    this.name = 'Interrupted'
  }
}
