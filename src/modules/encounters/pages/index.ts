import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/check',
    title: { zh: '查验', en: 'Check' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./CheckPage.tsx'),
  },
]
