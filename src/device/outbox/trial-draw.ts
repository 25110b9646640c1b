// Everything that a simulated run draws, from one seed; and its clock, with what is to happen when.

/** Even numbers from 0 to 1, the same for the same seed (mulberry32). */
export function drawn(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Due {
  at: number
  n: number
  work: () => void
}

/** Simulated time: what is due first happens first, and of the same moment what was set first. */
export class Agenda {
  now = 0
  private n = 0
  private readonly heap: Due[] = []

  after(ms: number, work: () => void): void {
    this.n += 1
    this.heap.push({ at: this.now + ms, n: this.n, work })
    this.up(this.heap.length - 1)
  }

  /** Does the next thing that is due until `until`; false where there is none. */
  next(until: number): boolean {
    const [first] = this.heap
    if (!first || first.at > until) return false
    const last = this.heap.pop() as Due
    if (this.heap.length > 0) {
      this.heap[0] = last
      this.down()
    }
    this.now = first.at
    first.work()
    return true
  }

  private before(a: number, b: number): boolean {
    const [x, y] = [this.heap[a] as Due, this.heap[b] as Due]
    return x.at < y.at || (x.at === y.at && x.n < y.n)
  }
  private swap(a: number, b: number): void {
    const [x, y] = [this.heap[a] as Due, this.heap[b] as Due]
    this.heap[a] = y
    this.heap[b] = x
  }
  private up(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!this.before(at, parent)) return
      this.swap(at, parent)
      at = parent
    }
  }
  private down(): void {
    for (let at = 0; ; ) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.heap.length && this.before(child, least)) least = child
      }
      if (least === at) return
      this.swap(at, least)
      at = least
    }
  }
}
