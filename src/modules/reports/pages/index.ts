import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/situation',
    title: { zh: '态势', en: 'Situation' },
    roles: everyone,
    rail: { order: 10, icon: 'situation' },
    shell: 'desk',
    load: () => import('./SituationPage.tsx'),
  },
  {
    path: '/wall',
    title: { zh: '大屏', en: 'Wall' },
    roles: everyone,
    shell: 'bare',
    load: () => import('./WallPage.tsx'),
  },
  {
    path: '/figures',
    title: { zh: '战报', en: 'Figures' },
    roles: everyone,
    rail: { order: 140, icon: 'reports' },
    shell: 'desk',
    load: () => import('./FiguresPage.tsx'),
  },
  {
    path: '/alerts',
    title: { zh: '预警', en: 'Alerts' },
    roles: everyone,
    shell: 'desk',
    load: () => import('./AlertsPage.tsx'),
  },
  {
    path: '/alerts/past',
    title: { zh: '已解除的预警', en: 'Past alerts' },
    roles: everyone,
    shell: 'desk',
    load: () => import('./PastAlertsPage.tsx'),
  },
]
