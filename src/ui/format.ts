/** Days, times and figures as the screens write them. Pure; the time zone is always said, never the machine's. */

export type Instant = string | number | Date
export type FormatOptions = {
  lang?: 'zh' | 'en'
  timeZone?: string
  /** formatDay: leave out the weekday. */
  weekday?: boolean
  /** formatDay: say the year too. */
  year?: boolean
  /** formatSpan: write both days in full, as for a duty day. */
  days?: boolean
}

export const defaultTimeZone = 'Asia/Shanghai'

type Parts = { year: number; month: number; day: number; hour: string; minute: string; second: string }

const weekdays = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const dash = '—'

const formatters = new Map<string, Intl.DateTimeFormat>()

// Making a formatter costs 50 µs and a list of 3,000 rows asks for thousands: one per zone is kept.
function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let made = formatters.get(timeZone)
  if (!made) {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(timeZone, made)
  }
  return made
}

function partsOf(at: Instant, timeZone = defaultTimeZone): Parts | null {
  // A calendar day has no zone: 2021-11-03 is the third everywhere.
  const calendar = typeof at === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(at) : null
  if (calendar) {
    const [year = 0, month = 0, day = 0] = calendar.slice(1).map(Number)
    return { year, month, day, hour: '00', minute: '00', second: '00' }
  }
  const date = at instanceof Date ? at : new Date(at)
  if (Number.isNaN(date.getTime())) return null
  const found: Record<string, string> = {}
  for (const part of formatterFor(timeZone).formatToParts(date)) found[part.type] = part.value
  return {
    year: Number(found.year),
    month: Number(found.month),
    day: Number(found.day),
    hour: found.hour ?? '00',
    minute: found.minute ?? '00',
    second: found.second ?? '00',
  }
}

/** Days since 1970, to tell tomorrow from the day after. */
function dayNumber(p: Parts): number {
  return Math.round(Date.UTC(p.year, p.month - 1, p.day) / 86_400_000)
}

function writeDay(p: Parts, options: FormatOptions): string {
  const lang = options.lang ?? 'zh'
  const named = options.weekday !== false
  const weekday = weekdays[lang][new Date(Date.UTC(p.year, p.month - 1, p.day)).getUTCDay()] ?? ''
  if (lang === 'zh') {
    const day = `${options.year ? `${p.year}年` : ''}${p.month}月${p.day}日`
    return named ? `${day} ${weekday}` : day
  }
  const day = `${p.day} ${months[p.month - 1] ?? ''}${options.year ? ` ${p.year}` : ''}`
  return named ? `${weekday} ${day}` : day
}

/** `11月3日 周三` or `Wed 3 Nov`. An unreadable time is given back as it stands. */
export function formatDay(at: Instant, options: FormatOptions = {}): string {
  const parts = partsOf(at, options.timeZone)
  return parts ? writeDay(parts, options) : String(at)
}

/** `20:00` */
export function formatTime(at: Instant, options: FormatOptions = {}): string {
  const parts = partsOf(at, options.timeZone)
  return parts ? `${parts.hour}:${parts.minute}` : String(at)
}

/** `11月3日 20:00` */
export function formatDayTime(at: Instant, options: FormatOptions = {}): string {
  return `${formatDay(at, { weekday: false, ...options })} ${formatTime(at, options)}`
}

/** `20:00—次日08:00`; with `days`, `11月3日 周三 20:00 — 11月4日 周四 08:00`. */
export function formatSpan(from: Instant, to: Instant, options: FormatOptions = {}): string {
  const a = partsOf(from, options.timeZone)
  const b = partsOf(to, options.timeZone)
  if (!a || !b) return `${String(from)}${dash}${String(to)}`
  const start = `${a.hour}:${a.minute}`
  const end = `${b.hour}:${b.minute}`
  const apart = dayNumber(b) - dayNumber(a)
  if (options.days) {
    const last = apart === 0 ? end : `${writeDay(b, options)} ${end}`
    return `${writeDay(a, options)} ${start} ${dash} ${last}`
  }
  if (apart === 0) return `${start}${dash}${end}`
  // Midnight itself is the end of the day that was meant, and reads so.
  if (apart === 1 && end === '00:00') return `${start}${dash}24:00`
  const english = options.lang === 'en'
  if (apart === 1) return english ? `${start}${dash}${end} next day` : `${start}${dash}次日${end}`
  const day = writeDay(b, { ...options, weekday: false })
  return english ? `${start}${dash}${end} ${day}` : `${start}${dash}${day}${end}`
}

const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 })

/** `12,906`; a minus is U+2212, as wide as the plus beside it. */
export function formatNumber(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return '—'
  const text =
    digits === undefined
      ? plain.format(value)
      : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return text.replace('-', '−')
}

/** A difference always carries its sign: `+7`, `−1.8`, `0`. */
export function formatChange(value: number, digits?: number): string {
  return value > 0 ? `+${formatNumber(value, digits)}` : formatNumber(value, digits)
}
