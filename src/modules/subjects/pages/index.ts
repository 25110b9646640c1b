import type { PageDeclaration } from '../../../ui/page.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/subjects',
    title: { zh: '对象', en: 'Subjects' },
    roles: ['commander', 'dutyOfficer', 'healthOfficer', 'inspector'],
    rail: { order: 60, icon: 'check' },
    shell: 'desk',
    load: () => import('./SubjectsPage.tsx'),
  },
]
