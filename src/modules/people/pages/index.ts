import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/people',
    title: { zh: '警力', en: 'People' },
    roles: everyone,
    rail: { order: 30, icon: 'people' },
    shell: 'desk',
    load: () => import('./PeoplePage.tsx'),
  },
  {
    path: '/people/units',
    title: { zh: '单位', en: 'Units' },
    roles: everyone,
    shell: 'desk',
    load: () => import('./UnitsPage.tsx'),
  },
  {
    path: '/people/teams',
    title: { zh: '队伍', en: 'Teams' },
    roles: everyone,
    shell: 'desk',
    load: () => import('./TeamsPage.tsx'),
  },
  {
    path: '/people/partners',
    title: { zh: '联勤人员', en: 'Partners' },
    roles: everyone,
    shell: 'desk',
    load: () => import('./PartnersPage.tsx'),
  },
]
