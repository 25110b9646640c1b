// The matrices below were made by another encoder; every one of the eight masks of every version is compared.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { errorCorrection, formatBits, penaltyOf, qrBytesMost, qrOf, qrPath, qrWithMask } from './qr.ts'

const drawn = (matrix: boolean[][]) =>
  matrix.map(row => row.map(dark => (dark ? '#' : '.')).join('')).join('\n')
const digest = (matrix: boolean[][]) => createHash('sha256').update(drawn(matrix)).digest('hex').slice(0, 16)

/** The longest or a middling text of each version, by its length, with the digests of masks 0 to 7. */
const known: [number, string[]][] = [
  [
    3,
    [
      '29edc269ddfd35a2',
      'f1c14b76c751e813',
      '8104704db463e74b',
      '85a6a26841a03672',
      '284ee982fb562aa9',
      '7d34ddf2a581fa85',
      'e3480c498f3fc1fb',
      '9cda5847928c1fd1',
    ],
  ],
  [
    15,
    [
      '1edc12fbe52be628',
      'ae80d5f0d1a48377',
      'c6334dcf4f514847',
      '288097ca95ff8673',
      'bfa1c00c0e6aaab2',
      '0fa93b9a560c111f',
      '4b2f801afdaee83b',
      '62b54bea71a27fcc',
    ],
  ],
  [
    27,
    [
      '1b17d6f8352f7597',
      '7584b72d6db21185',
      '133743d5633cb495',
      'd46c10da84d3afe5',
      '741c7b1faaed226d',
      '2ed09393d57d0158',
      '090bbe577abe8699',
      'a195aace79f005ff',
    ],
  ],
  [
    43,
    [
      'e5897d35e9856373',
      'f3588a9d8504bf52',
      'dd7da5f1c824abb1',
      '844f27354dd11d70',
      '24d2366974810071',
      '396f1e054f1e7158',
      '7653f948ef6ea4d3',
      'caeaca1ebea82ed2',
    ],
  ],
  [
    63,
    [
      'eef533d5a6c1ba76',
      'ad41878057c4726f',
      'cfbfaec0009e3313',
      'ecb02a046fd5ba6a',
      'd675227042ca8bfd',
      '10a0d265babfd6c6',
      '82d30eca31e3c99c',
      '313fcca70d21003b',
    ],
  ],
  [
    106,
    [
      '240669e408653bc0',
      '5c598a56c6d6eedd',
      '27c5e0f1a7bfafcb',
      '9bcb43102c0e15c1',
      'ea21162b8d68c617',
      'ad13283d34e1abbe',
      '7f4f58e0e89d7da3',
      '456bd370396817bd',
    ],
  ],
]
const textOf = (length: number) => 'FANGXIAN/'.repeat(12).slice(0, length)

describe('the picture of a code', () => {
  it('ATT60 a matrix is the one that another encoder makes, module by module', () => {
    expect(`\n${drawn(qrWithMask('FX1', 2))}\n`).toBe(`
#######...#...#######
#.....#..#.##.#.....#
#.###.#.#...#.#.###.#
#.###.#.#...#.#.###.#
#.###.#.##..#.#.###.#
#.....#.#.##..#.....#
#######.#.#.#.#######
........##...........
#.#####..#.#..#####..
...#....#.#####....#.
#.#...#.###.#.##..##.
#.###.....#####...#.#
####.##...#.#..#.#.#.
........#.#.#..#..#..
#######..###.#..####.
#.....#.###....##.###
#.###.#.#..#.#..#.#..
#.###.#.#..####..#...
#.###.#.#.#.#.##.....
#.....#....####..#...
#######.##..#..#..##.
`)
    let compared = 0
    for (const [length, digests] of known) {
      for (const [mask, wanted] of digests.entries()) {
        expect(digest(qrWithMask(textOf(length), mask)), `${length} bytes, mask ${mask}`).toBe(wanted)
        compared += 1
      }
    }
    console.log(`ATT60 compared ${compared} matrices`)
    expect(compared).toBe(48)
    expect(known.map(([length]) => qrOf(textOf(length)).length)).toEqual([21, 25, 29, 33, 37, 41])
  })

  it('ATT61 error correction and format are those of the standard’s own example', () => {
    const words = [
      0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11,
    ]
    expect(errorCorrection(words, 10)).toEqual([0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55])
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(mask => formatBits(mask).toString(2))).toEqual([
      '101010000010010',
      '101000100100101',
      '101111001111100',
      '101101101001011',
      '100010111111001',
      '100000011001110',
      '100111110010111',
      '100101010100000',
    ])
  })

  it('ATT62 of the eight masks the one that reads best is taken, and a text too long is no code', () => {
    const text = textOf(40)
    const all = [0, 1, 2, 3, 4, 5, 6, 7].map(mask => penaltyOf(qrWithMask(text, mask)))
    expect(penaltyOf(qrOf(text))).toBe(Math.min(...all))
    expect(new Set(all).size).toBeGreaterThan(1)
    expect(qrOf('防'.repeat(35))).toHaveLength(41)
    expect(() => qrOf('x'.repeat(qrBytesMost + 1))).toThrow('106 bytes')
  })

  it('ATT63 the path covers exactly the dark modules', () => {
    const matrix = qrOf('FX1')
    const covered = [...qrPath(matrix).matchAll(/M\d+ \d+h(\d+)/g)].reduce(
      (sum, one) => sum + Number(one[1]),
      0,
    )
    expect(covered).toBe(matrix.flat().filter(Boolean).length)
  })
})
