export const lockWords = {
  mark: { zh: '防线', en: 'Fangxian' },
  language: { zh: 'English', en: '中文' },
  title: { zh: '输入 PIN 解锁', en: 'Enter your PIN' },
  hint: { zh: '不需要网络', en: 'No network needed' },
  wrong: { zh: 'PIN 不正确，还可以试 {n} 次', en: 'Wrong PIN. {n} {n|try|tries} left' },
  unlock: { zh: '解锁', en: 'Unlock' },
  forgotten: { zh: '忘记 PIN', en: 'Forgotten the PIN' },
  forgottenSays: { zh: '用警号和密码登录，需要网络', en: 'Sign in by password; that needs the network' },
} as const
