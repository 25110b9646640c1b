import { describe, expect, it } from 'vitest'
import { normalised } from './contracts.ts'
import { inventedId } from './test-subjects.ts'

/** The example of GB 11643-1999 itself. */
const example = '11010519491231002X'

describe('marks', () => {
  it('SUB10 an ID number is one under every spelling, and its check digit must be right', () => {
    for (const same of [
      example,
      '11010519491231002x',
      ' 110105 19491231 002x ',
      '１１０１０５１９４９１２３１００２Ｘ',
    ])
      expect(normalised('idNumber', same)).toBe(example)
    let looked = 0
    for (let at = 0; at < 18; at += 1) {
      for (const digit of '0123456789X') {
        if (digit === example[at]) continue
        expect(
          normalised('idNumber', example.slice(0, at) + digit + example.slice(at + 1)),
          `${at} ${digit}`,
        ).toBeNull()
        looked += 1
      }
    }
    console.log(`${looked} single slips found`)
    // The thirtieth of February, with a check digit that fits.
    const never = [...'0123456789X'].map(last => normalised('idNumber', `99999919000230001${last}`))
    expect(new Set(never)).toEqual(new Set([null]))
    expect(normalised('idNumber', inventedId(7))).toBe(inventedId(7))
    for (const none of ['', '无', 'E00000000', example.slice(1), `${example}0`]) {
      expect(normalised('idNumber', none)).toBeNull()
    }
  })

  it('SUB11 a plate is one with or without dots, spaces, case and width', () => {
    for (const same of ['京A00000', '京a·00000', ' 京 A•0 0000', '京A.00000', '京Ａ０００００', '京A-00000'])
      expect(normalised('plate', same), same).toBe('京A00000')
    // New energy has eight characters.
    expect(normalised('plate', '京ad·00000')).toBe('京AD00000')
    expect(normalised('plate', '京A0000学')).toBe('京A0000学')
    for (const none of ['', '无牌', '不清楚没有牌', '京A', '京A00000000000', '京A0000?']) {
      expect(normalised('plate', none), none).toBeNull()
    }
  })

  it('SUB12 phones lose their country and their spaces; permits and codes are trimmed and keep their case', () => {
    for (const same of [
      '10000001234',
      '+86 100 0000 1234',
      '0086-100-0000-1234',
      '8610000001234',
      '１００００００１２３４',
    ])
      expect(normalised('phone', same), same).toBe('10000001234')
    for (const none of ['', '1000000123', '100000012345', '20000001234', '电话没有'])
      expect(normalised('phone', none), none).toBeNull()
    expect(normalised('permit', '  通行-Ab 12  ')).toBe('通行-Ab 12')
    expect(normalised('healthCode', 'aB3/+=')).toBe('aB3/+=')
    for (const none of ['', '  ', '无', '有证没带', '12']) expect(normalised('permit', none), none).toBeNull()
  })
})
