export const revokedWords = {
  title: { zh: '此设备已停用', en: 'This device has been revoked' },
  why: {
    zh: '指挥中心、您的负责人或您本人停用了这台设备。',
    en: 'The command centre, your leader or you yourself took this device out of use.',
  },
  reading: { zh: '正在查看有没有未发送的记录…', en: 'Looking for entries that were not sent…' },
  sending: {
    zh: '正在上交 {n} 条未发送的记录，由指挥中心核定。请保持联网。',
    en: 'Handing in {n} unsent {n|entry|entries} for the command centre to review. Stay on the network.',
  },
  sealed: {
    zh: '此设备已停用，还有 {n} 条记录由 PIN 加密。请本人用密码登录，上交后自动清除。',
    en: 'This device has been revoked. {n} {n|entry is|entries are} sealed under the PIN. Sign in with your password: they are handed in, and all is then destroyed.',
  },
  wiping: { zh: '正在清除本机内容…', en: 'Destroying what is kept here…' },
  done: {
    zh: '未发送的记录已上交待核；本机的密钥和保存的内容已清除，并已退出登录。',
    en: 'What was not sent has gone in for review. The keys and everything kept on this device are destroyed, and it is signed out.',
  },
  doneNext: {
    zh: '如需继续使用，请联系指挥中心后重新登录。',
    en: 'To go on using it, ask the command centre and sign in anew.',
  },
  doneDoor: {
    zh: '此设备曾被停用，本机内容已清除。如需继续使用，请联系指挥中心。',
    en: 'This device was revoked, and what was kept on it is destroyed. To go on using it, ask the command centre.',
  },
  toDoor: { zh: '去登录', en: 'To sign-in' },
} as const
