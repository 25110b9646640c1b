import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/roster',
    title: { zh: '排班', en: 'Roster' },
    roles: everyone.filter(role => role !== 'officer'),
    rail: { order: 50, icon: 'roster' },
    shell: 'desk',
    load: () => import('./RosterPage.tsx'),
  },
  {
    path: '/roster/told',
    title: { zh: '签收情况', en: 'Acknowledgements' },
    roles: everyone.filter(role => role !== 'officer'),
    shell: 'desk',
    load: () => import('./ToldPage.tsx'),
  },
  {
    path: '/roster/print',
    title: { zh: '打印勤务表', en: 'Print the roster' },
    roles: everyone,
    shell: 'bare',
    load: () => import('./PrintPage.tsx'),
  },
  {
    path: '/today',
    title: { zh: '今日', en: 'Today' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./TodayPage.tsx'),
  },
]
