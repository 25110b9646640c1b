import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'
import { encounterReaders } from '../contracts-lists.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/check',
    title: { zh: '查验', en: 'Check' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./CheckPage.tsx'),
  },
  {
    path: '/encounters',
    title: { zh: '查验', en: 'Checks' },
    roles: encounterReaders,
    rail: { order: 60, icon: 'check' },
    shell: 'desk',
    load: () => import('./LivePage.tsx'),
  },
  {
    path: '/encounters/records',
    title: { zh: '查验记录', en: 'Encounters' },
    roles: encounterReaders,
    shell: 'desk',
    load: () => import('./RecordsPage.tsx'),
  },
]
