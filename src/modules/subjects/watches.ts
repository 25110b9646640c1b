import type { Watch } from '../../kernel/module.ts'

/** How long somebody has until boxes that nobody could open are looked into. */
const hours = 24

export const watches: Watch[] = [
  {
    key: 'subjects.unopened',
    title: { zh: '查验信息未能打开', en: 'Boxes that could not be opened' },
    owner: 'dutyOfficer',
    async detect(db) {
      const first = await db
        .selectFrom('subject_box')
        .select('noted_at')
        .where('dismissed_at', 'is', null)
        .orderBy('noted_at')
        .limit(1)
        .executeTakeFirst()
      if (!first) return []
      return [
        {
          subject: 'boxes',
          title: { zh: '有查验信息未能打开，请查明原因', en: 'Some boxes could not be opened; find out why' },
          severity: 'amber' as const,
          link: '/subjects',
          unitId: null,
          dueAt: new Date(Date.parse(String(first.noted_at)) + hours * 3_600_000).toISOString(),
        },
      ]
    },
  },
]
