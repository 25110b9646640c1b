// What backup and restore say while they work, and of a file that cannot be read or written.
import type { CopyProgress } from '../kernel/db/backup.ts'
import { errorCode } from '../kernel/db/launcher-refused.ts'
import { progressLine } from './progress.ts'
import { refused } from './refused.ts'

const words: Record<CopyProgress['phase'], string> = {
  backup: 'writing 写入',
  check: 'checking 校验',
  restore: 'restoring 恢复',
  verify: 'comparing 比对',
}

/** At most one line a phase and tenth, because a log keeps every line. */
export function copySteps(): { step(step: CopyProgress): void; end(): void } {
  const say = progressLine()
  return {
    step: ({ phase, done, total }) => {
      const tenths = total === 0 ? 10 : Math.floor((done / total) * 10)
      say(`${words[phase]} ${tenths * 10} %`)
    },
    end: () => say(''),
  }
}

export function fileRefused(error: unknown, file: string): unknown {
  const code = errorCode(error)
  if (!['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOSPC', 'ENOTDIR'].includes(code)) return error
  return refused(
    `${file} cannot be used: ${(error as Error).message}`,
    `文件 ${file} 无法读写(${code})。`,
    error,
  )
}
