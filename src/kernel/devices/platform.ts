// What a phone is, in the two words by which its holder knows it. No more of a user agent is kept: the rest tells
// people's phones apart and is needed by nobody.
const systems: readonly [RegExp, string][] = [
  // Before Android, which it says too.
  [/HarmonyOS|OpenHarmony|ArkWeb/i, 'HarmonyOS'],
  [/iPad/, 'iPad'],
  [/iPhone|iPod/, 'iPhone'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]
/** Those that go by another's name first. */
const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/i, 'WeChat'],
  [/HuaweiBrowser/i, 'Huawei'],
  [/MiuiBrowser/i, 'Xiaomi'],
  [/QQBrowser/i, 'QQ'],
  [/UCBrowser/i, 'UC'],
  [/SamsungBrowser/i, 'Samsung'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|Chromium|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]
const firstOf = (list: readonly [RegExp, string][], agent: string) =>
  list.find(([pattern]) => pattern.test(agent))?.[1]

/** 'Android · Chrome'; '' where nothing is known of it. */
export function platformOf(agent: string): string {
  const read = agent.slice(0, 400)
  return [firstOf(systems, read), firstOf(browsers, read)].filter(Boolean).join(' · ')
}
