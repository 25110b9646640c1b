export const frameWords = {
  product: { zh: '防线', en: 'Fangxian' },
  account: { zh: '我的账号', en: 'My account' },
  devices: { zh: '设备', en: 'Devices' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  level1: { zh: '一级勤务', en: 'Level 1' },
  level2: { zh: '二级勤务', en: 'Level 2' },
  level3: { zh: '三级勤务', en: 'Level 3' },
  pages: { zh: '页面', en: 'Pages' },
  people: { zh: '人员', en: 'People' },
  posts: { zh: '点位', en: 'Posts' },
  zones: { zh: '区域', en: 'Zones' },
} as const
