// Erlang C, where people come one by one and at random (Poisson), each lane takes exponential time, and nobody leaves:
// the closed form that the simulation is held against. Where groups come it is too low.

export interface Load {
  /** People a minute. */
  arrivalsPerMinute: number
  minutesPerPerson: number
  lanes: number
}

/** Work that comes over work that can be done; 1 and more means that the queue grows without end. */
export const utilisation = ({ arrivalsPerMinute, minutesPerPerson, lanes }: Load): number =>
  (arrivalsPerMinute * minutesPerPerson) / lanes

/**
 * The share of people who wait at all, for an offered load of `a` and `c` lanes; null where it is refused because
 * a ≥ c. Summed by the recursion of Erlang B, because a^c / c! overflows from some 170 lanes on. 8 and 10 give 0.40918.
 */
export function erlangC(a: number, c: number): number | null {
  if (!(a >= 0) || !Number.isInteger(c) || c < 1 || a >= c) return null
  let blocked = 1
  for (let lanes = 1; lanes <= c; lanes += 1) blocked = (a * blocked) / (lanes + a * blocked)
  return blocked / (1 - (a / c) * (1 - blocked))
}

/** Minutes that somebody waits on average once things have settled; null where they never do. */
export function settledWait(load: Load): number | null {
  const { arrivalsPerMinute, minutesPerPerson, lanes } = load
  const share = erlangC(arrivalsPerMinute * minutesPerPerson, lanes)
  return share === null ? null : share / (lanes / minutesPerPerson - arrivalsPerMinute)
}
