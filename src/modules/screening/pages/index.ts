import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/sampling-progress',
    title: { zh: '采样', en: 'Sampling' },
    roles: [
      'administrator',
      'commander',
      'dutyOfficer',
      'unitLeader',
      'healthOfficer',
      'inspector',
      'viewer',
    ],
    rail: { order: 62, icon: 'health' },
    shell: 'desk',
    load: () => import('./SamplingProgressPage.tsx'),
  },
  {
    path: '/sampling',
    title: { zh: '采样', en: 'Sampling' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./SamplingPage.tsx'),
  },
]
