// Waiting in line by key. Tries of one account are looked at one after another, so that a hundred sent at once are
// not all compared before the first failure counts; and tries of one address a few at a time, because each costs
// 19 MiB and a tenth of a second of a core.
import { kernelProblems } from '../problem.ts'

const waitingMost = 100

export class Turns {
  private readonly atOnce: number
  private readonly lines = new Map<string, { running: number; waiting: (() => void)[] }>()

  constructor(atOnce: number) {
    this.atOnce = atOnce
  }

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? { running: 0, waiting: [] }
    this.lines.set(key, line)
    if (line.running >= this.atOnce) {
      if (line.waiting.length >= waitingMost) throw kernelProblems.busy()
      await new Promise<void>(resolve => line.waiting.push(resolve))
    } else line.running += 1
    try {
      return await work()
    } finally {
      // The turn is handed on rather than given back, so that nobody slips in between.
      const next = line.waiting.shift()
      if (next) next()
      else {
        line.running -= 1
        if (line.running === 0) this.lines.delete(key)
      }
    }
  }
}
