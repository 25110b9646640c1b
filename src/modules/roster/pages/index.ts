import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'
import { planners } from '../contracts-shapes.ts'

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
    path: '/roster/swaps',
    title: { zh: '换班审批', en: 'Swaps' },
    roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'inspector'],
    shell: 'desk',
    load: () => import('./SwapListPage.tsx'),
  },
  {
    path: '/roster/breaks',
    title: { zh: '失效班次', en: 'Duties that break' },
    roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'inspector'],
    shell: 'desk',
    load: () => import('./BreaksPage.tsx'),
  },
  {
    path: '/roster/fairness',
    title: { zh: '均衡与补休', en: 'Fair shares and rest' },
    roles: ['administrator', 'commander', 'dutyOfficer'],
    shell: 'desk',
    load: () => import('./FairnessPage.tsx'),
  },
  {
    path: '/swaps',
    title: { zh: '换班', en: 'Swaps' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./SwapsPage.tsx'),
  },
  {
    path: '/roster/leaders',
    title: { zh: '带班领导值班表', en: 'Leaders by day' },
    roles: everyone.filter(role => role !== 'officer'),
    shell: 'desk',
    load: () => import('./LeadersPage.tsx'),
  },
  {
    path: '/roster/whatif',
    title: { zh: '推演', en: 'What if' },
    roles: planners.filter(role => role !== 'system'),
    shell: 'desk',
    load: () => import('./WhatIfPage.tsx'),
  },
  {
    path: '/roster/turns',
    title: { zh: '就餐和消毒轮次', en: 'Turns of a station' },
    roles: everyone.filter(role => role !== 'officer'),
    shell: 'desk',
    load: () => import('./TurnsPage.tsx'),
  },
  {
    path: '/roster/print',
    title: { zh: '打印勤务表', en: 'Print the roster' },
    roles: everyone,
    shell: 'bare',
    load: () => import('./PrintPage.tsx'),
  },
]
