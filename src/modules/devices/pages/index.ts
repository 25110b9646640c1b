import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'
import { revokers } from '../contracts.ts'

export const pages: PageDeclaration[] = [
  {
    path: '/devices',
    title: { zh: '设备', en: 'Devices' },
    roles: revokers,
    under: '/system',
    shell: 'desk',
    load: () => import('./DevicesPage.tsx'),
  },
  {
    path: '/my-devices',
    title: { zh: '我的设备', en: 'My devices' },
    roles: everyone,
    shell: 'phone',
    load: () => import('./MyDevicesPage.tsx'),
  },
]
