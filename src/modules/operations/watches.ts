import type { Kysely } from 'kysely'
import type { Watch } from '../../kernel/module.ts'
import type { OperationsTables } from './tables.ts'

const dayMs = 86_400_000

export const watches: Watch[] = [
  {
    key: 'operations.levelFallsBack',
    title: { zh: '勤务等级将于 24 小时内回落', en: 'A duty level falls back within 24 hours' },
    owner: 'commander',
    async detect(anyDb, now) {
      const db = anyDb as Kysely<OperationsTables>
      const rows = await db
        .selectFrom('duty_level')
        .select(['level_id', 'level', 'scope_text', 'order_number', 'falls_back_at', 'falls_back_to'])
        .select(['scope_unit_id'])
        .where('ended_at', 'is', null)
        .where('begins_at', '<=', now)
        .where('falls_back_at', '>', now)
        .where('falls_back_at', '<=', new Date(Date.parse(now) + dayMs).toISOString())
        .orderBy('falls_back_at')
        .orderBy('level_id')
        .execute()
      return rows.map(row => ({
        subject: row.level_id,
        title: {
          zh: `${row.scope_text}${'一二三'.charAt(row.level - 1)}级勤务(${row.order_number})即将回落为${'一二三'.charAt(row.falls_back_to - 1)}级`,
          en: `Level ${row.level} (${row.order_number}, ${row.scope_text}) is about to fall back to level ${row.falls_back_to}`,
        },
        severity: 'amber' as const,
        link: '/operation',
        unitId: row.scope_unit_id,
        dueAt: row.falls_back_at,
      }))
    },
  },
]
