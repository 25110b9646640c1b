// A browser for journeys: the system's Chromium where there is one, else the one that npm ships, with fonts that have
// Chinese glyphs. Nothing is downloaded.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const packages = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const fonts = join(packages, '@expo-google-fonts/noto-sans-sc')
/** What is in the fonts is looked up once and not by every browser. */
const fontCache = join(packages, '.cache/fonts')
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
  // Pages are put together without it: emulating a card for them took 36 s of the processor in one journey, 15 s without.
  '--disable-gpu-compositing',
]

function fontConfig(folder: string): string {
  const file = join(folder, 'fonts.conf')
  mkdirSync(fontCache, { recursive: true })
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${fontCache}</cachedir>
<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias></fontconfig>`,
  )
  return file
}

/** Unpacks into the temporary folder of its process, and takes what lies there already for whole. */
const unpack = `(await import('@sparticuz/chromium')).default.executablePath()`

/**
 * The browser that npm ships, unpacked once per clone. In a folder of its own, which gets its name when it is whole:
 * several test files begin at once, and a shared temporary folder may hold half of one, or another user's.
 */
function shippedChromium(): string {
  const cache = join(packages, '.cache')
  const folder = join(cache, 'chromium')
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const making = mkdtempSync(`${folder}-`)
    execFileSync(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: packages,
      env: { ...process.env, TMPDIR: making },
      stdio: 'inherit',
    })
    try {
      renameSync(making, folder)
    } catch (error) {
      // Another was whole first; a folder is not put over a full one.
      if (!existsSync(folder)) throw error
      rmSync(making, { recursive: true, force: true })
    }
  }
  return join(folder, 'chromium')
}

export interface OpenBrowser {
  browser: Browser
  /** What it runs on, for the test's own line. */
  program: string
  close(): Promise<void>
}

/** With what a browser is started whose things lie in `folder`. */
export function browserOptions(folder: string) {
  return {
    executablePath: systemPlaces.find(path => existsSync(path)) ?? shippedChromium(),
    headless: true,
    args: quiet,
    env: { ...process.env, FONTCONFIG_FILE: fontConfig(folder), HOME: folder } as Record<string, string>,
  }
}

export async function openBrowser(): Promise<OpenBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'fangxian-browser-'))
  const options = browserOptions(folder)
  const browser = await chromium.launch(options)
  return {
    browser,
    program: options.executablePath,
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
