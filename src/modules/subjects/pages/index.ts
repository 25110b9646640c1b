import type { PageDeclaration } from '../../../ui/page.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/subjects',
    title: { zh: '对象', en: 'Subjects' },
    roles: ['commander', 'dutyOfficer', 'healthOfficer', 'inspector'],
    under: '/encounters',
    shell: 'desk',
    load: () => import('./SubjectsPage.tsx'),
  },
]
