import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/system',
    title: { zh: '系统', en: 'System' },
    roles: ['administrator'],
    rail: { order: 150, icon: 'system' },
    shell: 'desk',
    load: () => import('./AccountsPage.tsx'),
  },
  {
    path: '/system/rights',
    title: { zh: '谁可以做什么', en: 'Who may do what' },
    roles: everyone,
    shell: 'desk',
    load: () => import('./RightsPage.tsx'),
  },
  {
    path: '/reviews',
    title: { zh: '待核', en: 'Held records' },
    roles: ['dutyOfficer', 'commander', 'administrator'],
    shell: 'desk',
    load: () => import('./ReviewsPage.tsx'),
  },
  {
    path: '/activity',
    title: { zh: '操作记录', en: 'Activity' },
    roles: ['administrator', 'commander', 'dutyOfficer', 'inspector'],
    shell: 'desk',
    load: () => import('./ActivityPage.tsx'),
  },
  {
    path: '/activity/as-of',
    title: { zh: '某一时刻的台账', en: 'Lists as of a moment' },
    roles: ['administrator', 'commander', 'dutyOfficer', 'inspector'],
    shell: 'desk',
    load: () => import('./AsOfPage.tsx'),
  },
  {
    path: '/outbox',
    title: { zh: '未发送与未办理', en: 'Unsent and turned down' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./OutboxPage.tsx'),
  },
  {
    path: '/account',
    title: { zh: '我的账号', en: 'My account' },
    roles: everyone,
    shell: 'desk',
    load: () => import('./AccountPage.tsx'),
  },
  {
    path: '/pin',
    title: { zh: '本机 PIN', en: 'PIN of this phone' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./PinPage.tsx'),
  },
]
