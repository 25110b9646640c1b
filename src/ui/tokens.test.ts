import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { desk, night, type Palette, palettes, sun, sunFrame } from './tokens.ts'

const css = readFileSync(new URL('./base.css', import.meta.url), 'utf8')

function variables(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries(
    [...block.matchAll(/--fx-([\w-]+): ([^;]+);/g)].map(found => [found[1], found[2]]),
  )
}

const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

it.each([
  ['desk', ':root'],
  ['sun', '[data-theme="sun"]'],
  ['night', '[data-theme="night"]'],
] as const)('base.css carries the %s palette', (name, selector) => {
  const found = { ...variables(':root'), ...variables(selector) }
  for (const [token, colour] of Object.entries(palettes[name])) {
    expect([token, found[kebab(token)]?.toLowerCase()]).toEqual([token, colour.toLowerCase()])
  }
})

function luminance(hex: string): number {
  const parts = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = parts.map(each =>
    each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const words: (keyof Palette)[] = ['text', 'text2', 'blue', 'red', 'green']

it('words reach AA at the desk and on the wall', () => {
  for (const palette of [desk, night]) {
    for (const name of words) expect(contrast(palette[name], palette.panel), name).toBeGreaterThanOrEqual(4.5)
    for (const name of words)
      expect(contrast(palette[name], palette.ground), name).toBeGreaterThanOrEqual(4.5)
  }
})

it('words reach 7:1 on the phone, marks 3:1', () => {
  for (const name of [...words, 'amber' as const]) {
    expect(contrast(sun[name], sun.panel), name).toBeGreaterThanOrEqual(7)
    expect(contrast(sun[name], sun.ground), name).toBeGreaterThanOrEqual(7)
  }
  for (const colour of Object.values(sunFrame)) expect(contrast(colour, sun.panel)).toBeGreaterThanOrEqual(3)
})
