/** How long something still is: 42 min, or 2 h 5 min. */
export function leftWords(
  t: (key: 'minutes' | 'hoursMinutes', params: Record<string, number>) => string,
  ms: number,
) {
  const minutes = Math.max(0, Math.ceil(ms / 60_000))
  if (minutes < 60) return t('minutes', { n: minutes })
  return t('hoursMinutes', { h: Math.floor(minutes / 60), m: minutes % 60 })
}
