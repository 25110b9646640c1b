import type { Words } from '../../../ui/i18n.ts'

export const pinWords = {
  pin: { zh: '本机 PIN', en: 'PIN of this phone' },
  choose: { zh: '设 4 到 6 位数字', en: 'Choose 4 to 6 digits' },
  again: { zh: '再输入一次', en: 'The same once more' },
  why: {
    zh: '离开 10 分钟后用它解锁，断网也行；连错 5 次须用密码登录',
    en: 'It opens this phone after ten minutes away, also without a network. Five wrong ones, and the password is asked for.',
  },
  next: { zh: '下一步', en: 'Next' },
  set: { zh: '设为本机 PIN', en: 'Set the PIN' },
  remove: { zh: '取消 PIN', en: 'Remove the PIN' },
  removeSays: { zh: '谁拿到手机都能打开', en: 'Whoever has the phone can open it' },
  differ: { zh: '两次不一致，请重新设置', en: 'The two differ. Once more' },
} satisfies Words
