/**
 * A database that cannot be used, said so that the person at the keyboard can act: what happened, what to
 * do, and where the log is. Both languages stand in `message`, because at this point nothing is known yet
 * about who reads it.
 */
export class DatabaseRefused extends Error {
  readonly en: string
  readonly zh: string

  constructor(en: string, zh: string, more: { cause?: unknown; detail?: string } = {}) {
    const detail = more.detail?.trim()
    super([en, zh, ...(detail ? [detail] : [])].join('\n'), { cause: more.cause })
    this.name = 'DatabaseRefused'
    this.en = en
    this.zh = zh
  }
}

/** The `code` of a system or PostgreSQL error (`ENOENT`, `57P03`), or '' where there is none. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
