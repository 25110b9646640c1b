// Plainly invented names: a surname, then 示, 例 or 样, then a numeral. No real person can be called so by accident.
const surnames =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟平黄和穆萧尹'
const marks = '示例样'
const numerals = '一二三四五六七八九十'

/** The invented name number `n`, all different up to 980. */
export function inventedName(n: number): string {
  const surname = surnames[n % surnames.length] ?? '赵'
  const rest = Math.floor(n / surnames.length)
  const mark = marks[(n + rest) % marks.length] ?? '示'
  const numeral = numerals[(n * 7 + rest * 3) % numerals.length] ?? '一'
  return `${surname}${mark}${numeral}`
}

/** `many` invented names that all differ. */
export function inventedNames(many: number): string[] {
  const names: string[] = []
  const taken = new Set<string>()
  for (let n = 0; names.length < many; n += 1) {
    if (n > 100_000) throw new Error(`there are not ${many} invented names`)
    const name = inventedName(n)
    if (taken.has(name)) continue
    taken.add(name)
    names.push(name)
  }
  return names
}
