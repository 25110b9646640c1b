// A browser for journeys: the system's Chromium where there is one, else the one that npm ships, with fonts that have
// Chinese glyphs. Nothing is downloaded.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const fonts = fileURLToPath(new URL('../../node_modules/@expo-google-fonts/noto-sans-sc', import.meta.url))
const systemPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // Maps are drawn without a graphics card.
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]

function fontConfig(folder: string): string {
  const file = join(folder, 'fonts.conf')
  mkdirSync(join(folder, 'cache'), { recursive: true })
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${folder}/cache</cachedir>
<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias></fontconfig>`,
  )
  return file
}

async function shippedChromium(): Promise<{ path: string; args: string[] }> {
  const { default: shipped } = await import('@sparticuz/chromium')
  return { path: await shipped.executablePath(), args: [] }
}

export interface OpenBrowser {
  browser: Browser
  /** What it runs on, for the test's own line. */
  program: string
  close(): Promise<void>
}

export async function openBrowser(): Promise<OpenBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'fangxian-browser-'))
  const system = systemPlaces.find(path => existsSync(path))
  const { path, args } = system ? { path: system, args: [] } : await shippedChromium()
  const browser = await chromium.launch({
    executablePath: path,
    headless: true,
    args: [...quiet, ...args],
    env: { ...process.env, FONTCONFIG_FILE: fontConfig(folder), HOME: folder } as Record<string, string>,
  })
  return {
    browser,
    program: path,
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
