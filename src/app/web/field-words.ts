export const fieldWords = {
  newer: { zh: '新版本已就绪，下次打开时启用', en: 'A new version is ready for the next start' },
  understood: { zh: '知道了', en: 'OK' },
  pin: { zh: '设 PIN，断网时也由您本人解锁', en: 'Set a PIN, so that only you unlock it' },
  setPin: { zh: '设置', en: 'Set' },
  later: { zh: '暂不', en: 'Later' },
  install: {
    zh: '可以断网使用了，添加到主屏幕？',
    en: 'Ready without a network. Add it to the home screen?',
  },
  add: { zh: '添加', en: 'Add' },
  noThanks: { zh: '不用', en: 'No' },
} as const
