import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

const page = { roles: everyone.filter(role => role !== 'officer'), shell: 'desk' } as const

export const pages: PageDeclaration[] = [
  {
    ...page,
    path: '/duty-log',
    title: { zh: '值班', en: 'Duty log' },
    rail: { order: 25, icon: 'note' },
    load: () => import('./LogPage.tsx'),
  },
  {
    ...page,
    path: '/difficulties',
    under: '/duty-log',
    title: { zh: '一线困难', en: 'Difficulties' },
    load: () => import('./DifficultiesPage.tsx'),
  },
  {
    ...page,
    path: '/directives',
    under: '/duty-log',
    title: { zh: '指令', en: 'Directives' },
    load: () => import('./DirectivesPage.tsx'),
  },
  {
    ...page,
    path: '/recall',
    under: '/duty-log',
    title: { zh: '召回', en: 'Recall' },
    load: () => import('./RecallPage.tsx'),
  },
  {
    ...page,
    path: '/visits',
    under: '/duty-log',
    title: { zh: '检查慰问', en: 'Visits' },
    load: () => import('./VisitsPage.tsx'),
  },
  {
    ...page,
    path: '/meetings',
    under: '/duty-log',
    title: { zh: '会议', en: 'Meetings' },
    load: () => import('./MeetingsPage.tsx'),
  },
  {
    ...page,
    path: '/meetings/print',
    shell: 'bare',
    title: { zh: '打印会议纪要', en: 'Print the minutes' },
    load: () => import('./MeetingPrintPage.tsx'),
  },
  {
    ...page,
    path: '/duty-log/print',
    shell: 'bare',
    title: { zh: '打印值班日志', en: 'Print the duty log' },
    load: () => import('./LogPrintPage.tsx'),
  },
  {
    path: '/tasks',
    title: { zh: '任务', en: 'Tasks' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./TasksPage.tsx'),
  },
]
