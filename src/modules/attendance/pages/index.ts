import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

const leaders = ['administrator', 'commander', 'dutyOfficer', 'unitLeader'] as const

export const pages: PageDeclaration[] = [
  {
    path: '/attendance',
    title: { zh: '考勤', en: 'Attendance' },
    roles: [...leaders, 'inspector'],
    rail: { order: 52, icon: 'clock' },
    shell: 'desk',
    load: () => import('./AttendancePage.tsx'),
  },
  {
    path: '/attendance/unfilled',
    title: { zh: '今日缺口', en: 'Nobody fills' },
    roles: [...leaders, 'inspector'],
    under: '/attendance',
    shell: 'desk',
    load: () => import('./UnfilledPage.tsx'),
  },
  {
    path: '/team-duty',
    title: { zh: '队伍在岗', en: 'Teams on the ground' },
    roles: [...leaders, 'inspector', 'healthOfficer'],
    under: '/attendance',
    shell: 'desk',
    load: () => import('./TeamDutyPage.tsx'),
  },
  {
    path: '/loop',
    title: { zh: '我的闭环', en: 'My closed loop' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./LoopPage.tsx'),
  },
  {
    path: '/today',
    title: { zh: '今日', en: 'Today' },
    roles: everyone,
    shell: 'phone',
    landing: true,
    load: () => import('./TodayPage.tsx'),
  },
  {
    path: '/me',
    title: { zh: '我的', en: 'Me' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./MePage.tsx'),
  },
  {
    path: '/check-in',
    title: { zh: '签到', en: 'Check in' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./ScanPage.tsx'),
  },
  {
    path: '/handover',
    title: { zh: '交接班', en: 'Hand-over' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./HandoverPage.tsx'),
  },
  {
    path: '/handover-book',
    title: { zh: '交接班记录', en: 'Hand-over book' },
    roles: [...leaders, 'inspector'],
    under: '/attendance',
    shell: 'desk',
    load: () => import('./HandoverBookPage.tsx'),
  },
  {
    path: '/handover-book/print',
    title: { zh: '打印交接班记录', en: 'Print a hand-over' },
    roles: [...leaders, 'inspector'],
    shell: 'bare',
    load: () => import('./HandoverPrintPage.tsx'),
  },
  {
    path: '/post-code',
    title: { zh: '点位签到码', en: 'Code of a post' },
    roles: leaders,
    shell: 'bare',
    load: () => import('./CodePage.tsx'),
  },
  {
    path: '/post-code/print',
    title: { zh: '打印签到码', en: 'Print a code' },
    roles: leaders,
    shell: 'bare',
    load: () => import('./CodePrintPage.tsx'),
  },
]
