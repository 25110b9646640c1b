import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/operation',
    title: { zh: '勤务', en: 'Duty' },
    roles: everyone,
    rail: { order: 20, icon: 'duty' },
    shell: 'desk',
    load: () => import('./OperationPage.tsx'),
  },
]
