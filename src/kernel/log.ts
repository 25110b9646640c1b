// Structured logs, one JSON object a line on standard error. No personal data: ids, names of commands and codes.
export interface Log {
  info(event: string, fields?: Record<string, unknown>): void
  warn(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}

/**
 * An error's text may quote what it failed on. Code and paths are ASCII: Chinese text is data, and so are long
 * numbers (badges, phones, ID numbers) and what PostgreSQL quotes of a value that it cannot read.
 */
export function scrubbed(text: string): string {
  return text
    .replace(/(invalid input|malformed|out of range|value)([^"\n]{0,80}): ?"[^"\n]*"/g, '$1$2: "…"')
    .replace(/[\p{Script=Han}][\p{Script=Han}A-Z0-9·]*/gu, '…')
    .replace(/(?<![\w-])\d{6,}[Xx]?(?![\w-])/g, '#')
}

export function jsonLog(write: (line: string) => void, now: () => Date): Log {
  const at =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}) =>
      write(
        JSON.stringify({ at: now().toISOString(), level, event, ...fields }, (key, value: unknown) =>
          typeof value === 'string' && key !== 'reference' ? scrubbed(value) : value,
        ),
      )
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
