import { everyone } from '../../../kernel/contract.ts'
import type { PageDeclaration } from '../../../ui/page.ts'

const page = { roles: everyone, shell: 'desk' } as const

export const pages: PageDeclaration[] = [
  {
    ...page,
    path: '/posts',
    title: { zh: '点位', en: 'Posts' },
    rail: { order: 40, icon: 'posts' },
    load: () => import('./PostsPage.tsx'),
  },
  {
    ...page,
    path: '/posts/map',
    title: { zh: '部署图', en: 'Map' },
    load: () => import('./MapPage.tsx'),
  },
  {
    ...page,
    path: '/zones',
    under: '/posts',
    title: { zh: '区域', en: 'Zones' },
    load: () => import('./ZonesPage.tsx'),
  },
  {
    ...page,
    path: '/posts/demand',
    title: { zh: '警力需求', en: 'Demand' },
    load: () => import('./DemandPage.tsx'),
  },
  {
    ...page,
    path: '/posts/rounds',
    title: { zh: '采样轮次', en: 'Sampling rounds' },
    load: () => import('./RoundsPage.tsx'),
  },
  {
    ...page,
    path: '/posts/patterns',
    title: { zh: '班制', en: 'Shift patterns' },
    load: () => import('./PatternsPage.tsx'),
  },
  {
    ...page,
    path: '/posts/cameras',
    title: { zh: '监控点', en: 'Video' },
    load: () => import('./CamerasPage.tsx'),
  },
]
